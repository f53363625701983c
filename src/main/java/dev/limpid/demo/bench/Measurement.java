package dev.limpid.demo.bench;

import java.util.HashMap;
import java.util.Map;

/**
 * What one contender's process said of itself.
 *
 * @param samples samples done from the first to the last note
 * @param heapBytes by how much the heap in use grew, after garbage collection; 0 if it was not asked
 * @param steadySamples those of the second half by time, as are the following
 */
record Measurement(
        long samples,
        double seconds,
        long steadySamples,
        double steadySeconds,
        double steadyCpuSeconds,
        long heapBytes) {

    /** Reads the line that {@link Meter#report} wrote. */
    static Measurement parse(String line) {
        Map<String, String> fields = new HashMap<>();
        for (String field : line.trim().split(" ", -1)) {
            int equals = field.indexOf('=');
            fields.put(field.substring(0, equals), field.substring(equals + 1));
        }
        return new Measurement(
                Long.parseLong(field(fields, "samples")),
                Double.parseDouble(field(fields, "seconds")),
                Long.parseLong(field(fields, "steadySamples")),
                Double.parseDouble(field(fields, "steadySeconds")),
                Double.parseDouble(field(fields, "steadyCpuSeconds")),
                Long.parseLong(fields.getOrDefault("heapBytes", "0")));
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no field " + name + " in " + fields);
        }
        return value;
    }

    double samplesPerSecond() {
        return steadySamples / steadySeconds;
    }

    double cpuSecondsPerMillionSamples() {
        return steadyCpuSeconds / steadySamples * 1e6;
    }
}
