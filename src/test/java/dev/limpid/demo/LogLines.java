package dev.limpid.demo;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Writes log lines as a small cluster would, each by one of a number of known templates: numbers, addresses, ids, paths, hosts and names in
 * the places of {@code {…}}. What lines look like follows the public collections of logs (Zhu et al. 2019, "Tools and benchmarks for automated
 * log parsing", ICSE-SEIP); the lines are our own.
 */
public final class LogLines {
    /** How they are written; the first are the most frequent. */
    public static final List<String> TEMPLATES = List.of(
            "Stored parcel {parcel} of weight {int} from {ip}",
            "Fetching parcel {parcel} out: {address} back: {address}",
            "Courier {digit} of parcel {parcel} resting",
            "Served request GET {path} for {ip} in {int} ms with status {status}",
            "Connection from {address} closed by peer after {float} seconds",
            "User {name} logged in from {ip} with session {hex}",
            "User {name} logged out",
            "Task {task} of stage {float} finished in {int} ms on {host}",
            "Lost executor {digit} on {host}: remote RPC client disassociated",
            "Starting heartbeat to {host} every {int} ms",
            "Heartbeat from node {host} is late by {int} ms",
            "Cache miss for key {hex} in region {region}",
            "Evicting {int} entries from cache region {region}",
            "Opened transaction {hex} for table {table}",
            "Committed transaction {hex} with {int} rows",
            "Rolled back transaction {hex} because of conflict on table {table}",
            "Retrying upload of {path} attempt {digit} of {digit}",
            "Upload of {path} failed: timeout after {int} ms",
            "Disk usage of volume {path} is {int} percent",
            "Garbage collection took {int} ms and freed {int} bytes",
            "Configuration key {key} set to {int}",
            "Elected leader {host} for partition {int} in epoch {int}",
            "Scheduled job {job} next run at {clock}",
            "Temperature of sensor {int} out of range: {float} degrees",
            "Replaying journal {path} from offset {int}",
            "Accepted certificate with serial {hex} issued by {host}");

    private LogLines() {}

    /** The number of a template to draw. */
    public static int draw(RandomGenerator random) {
        return draw(TEMPLATES.size(), random);
    }

    /** A number below {@code count}; frequencies fall as those of words do. */
    static int draw(int count, RandomGenerator random) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += 1.0 / (i + 2);
        }
        double drawn = random.nextDouble() * sum;
        for (int i = 0; i < count; i++) {
            drawn -= 1.0 / (i + 2);
            if (drawn < 0) {
                return i;
            }
        }
        return count - 1;
    }

    /** A line of that template. */
    public static String line(int template, RandomGenerator random) {
        return filled(TEMPLATES.get(template), random);
    }

    /** {@code text} with a value of its kind in each place of {@code {…}}. */
    static String filled(String text, RandomGenerator random) {
        StringBuilder line = new StringBuilder();
        int at = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', at)) {
            int close = text.indexOf('}', open);
            line.append(text, at, open).append(LogValues.of(text.substring(open + 1, close), random));
            at = close + 1;
        }
        return line.append(text, at, text.length()).toString();
    }
}
