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
            "Received block {block} of size {int} from {ip}",
            "Receiving block {block} src: {address} dest: {address}",
            "PacketResponder {digit} for block {block} terminating",
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
            "Scheduled job {job} next run at {time}",
            "Temperature of sensor {int} out of range: {float} degrees",
            "Replaying journal {path} from offset {int}",
            "Accepted certificate with serial {hex} issued by {host}");

    private static final List<String> NAMES =
            List.of("alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi", "ivan", "judy", "mallory");
    private static final List<String> TABLES = List.of("orders", "customers", "invoices", "parts", "audit");
    private static final List<String> JOBS = List.of("cleanup", "report", "rebalance", "snapshot");
    private static final List<String> KEYS = List.of("pool.size", "linger.ms", "batch.bytes", "retry.max");

    private LogLines() {}

    /** The number of a template to draw; frequencies fall as those of words do. */
    public static int draw(RandomGenerator random) {
        double sum = 0;
        for (int i = 0; i < TEMPLATES.size(); i++) {
            sum += 1.0 / (i + 2);
        }
        double drawn = random.nextDouble() * sum;
        for (int i = 0; i < TEMPLATES.size(); i++) {
            drawn -= 1.0 / (i + 2);
            if (drawn < 0) {
                return i;
            }
        }
        return TEMPLATES.size() - 1;
    }

    /** A line of that template. */
    public static String line(int template, RandomGenerator random) {
        String text = TEMPLATES.get(template);
        StringBuilder line = new StringBuilder();
        int at = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', at)) {
            int close = text.indexOf('}', open);
            line.append(text, at, open).append(value(text.substring(open + 1, close), random));
            at = close + 1;
        }
        return line.append(text, at, text.length()).toString();
    }

    private static String value(String kind, RandomGenerator random) {
        return switch (kind) {
            case "block" -> "blk_" + (random.nextBoolean() ? "-" : "") + random.nextLong(1_000_000_000_000L);
            case "int" -> String.valueOf(random.nextInt(100_000));
            case "digit" -> String.valueOf(random.nextInt(10));
            case "float" -> random.nextInt(1000) + "." + random.nextInt(10);
            case "ip" -> ip(random);
            case "address" -> "/" + ip(random) + ":" + random.nextInt(1024, 65_536);
            case "status" -> String.valueOf(List.of(200, 204, 304, 404, 500).get(random.nextInt(5)));
            case "hex" -> "0x" + Long.toHexString(random.nextLong());
            case "task" -> random.nextInt(100) + "." + random.nextInt(4);
            case "host" -> "node" + random.nextInt(64) + ".example.org";
            case "path" -> "/data/" + random.nextInt(16) + "/part-" + random.nextInt(100_000);
            case "time" ->
                String.format(
                        java.util.Locale.ROOT,
                        "%02d:%02d:%02d",
                        random.nextInt(24),
                        random.nextInt(60),
                        random.nextInt(60));
            case "name" -> NAMES.get(random.nextInt(NAMES.size()));
            case "region", "table" -> TABLES.get(random.nextInt(TABLES.size()));
            case "job" -> JOBS.get(random.nextInt(JOBS.size()));
            case "key" -> KEYS.get(random.nextInt(KEYS.size()));
            default -> throw new IllegalArgumentException("no value of kind " + kind);
        };
    }

    private static String ip(RandomGenerator random) {
        return "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256);
    }
}
