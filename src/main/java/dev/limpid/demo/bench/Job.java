package dev.limpid.demo.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one contender's process is told: as strings on its command line.
 *
 * @param output topic of the cleaned records; {@code scores} that of the scores
 * @param group consumer group, transactional and application id
 * @param model path of the ONNX file
 * @param rateHz samples per second and series, by the timestamps
 * @param seconds how long to work, from the first sample on
 * @param paced the input is being written at a fixed rate: work until the standard input ends
 */
record Job(
        Mode mode,
        BenchCase layout,
        String bootstrap,
        String input,
        String output,
        String scores,
        String group,
        String model,
        String folder,
        int partitions,
        int commitMs,
        int rateHz,
        double seconds,
        boolean paced) {
    /** Windows per batch, for all contenders that batch. */
    static final int MAX_WINDOWS = 256;

    /** Time of the last sample of a window that starts then. */
    long endMs(long startMs) {
        return startMs + (BenchSignal.WINDOW - 1) * (1000L / rateHz);
    }

    List<String> arguments() {
        return List.of(
                "mode=" + mode.label(),
                "case=" + layout.label(),
                "bootstrap=" + bootstrap,
                "input=" + input,
                "output=" + output,
                "scores=" + scores,
                "group=" + group,
                "model=" + model,
                "folder=" + folder,
                "partitions=" + partitions,
                "commitMs=" + commitMs,
                "rateHz=" + rateHz,
                "seconds=" + seconds,
                "paced=" + paced);
    }

    static Job parse(String[] arguments) {
        Map<String, String> fields = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            fields.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return new Job(
                Mode.of(field(fields, "mode")),
                BenchCase.of(field(fields, "case")),
                field(fields, "bootstrap"),
                field(fields, "input"),
                field(fields, "output"),
                field(fields, "scores"),
                field(fields, "group"),
                field(fields, "model"),
                field(fields, "folder"),
                Integer.parseInt(field(fields, "partitions")),
                Integer.parseInt(field(fields, "commitMs")),
                Integer.parseInt(field(fields, "rateHz")),
                Double.parseDouble(field(fields, "seconds")),
                Boolean.parseBoolean(field(fields, "paced")));
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("argument " + name + " is missing");
        }
        return value;
    }
}
