package dev.limpid.demo.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** What {@code limpid bench} prints: a table for people, or a JSON document. */
public final class BenchReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private BenchReport() {}

    /** One line per mode and case. */
    public static String table(List<BenchRow> rows) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-17s %-8s %-5s %14s %14s %10s %8s%n",
                "mode",
                "shape",
                "format",
                "records/s",
                "CPU s/M smpl",
                "÷ loop",
                "run s"));
        for (BenchRow row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-17s %-8s %-5s %,14.0f %14.4f %10s %8.0f%n",
                    row.mode().label(),
                    row.layout().shape().label(),
                    row.layout().format().label(),
                    row.recordsPerSecond(),
                    row.cpuSecondsPerMillionSamples(),
                    Double.isNaN(row.ratioToLoop()) ? "" : String.format(Locale.ROOT, "%.2f", row.ratioToLoop()),
                    row.runSeconds()));
        }
        return text.toString();
    }

    /** {@code {"results":[…]}}; the per-sample store, which is no contender but a reference, stands under {@code "references"}. */
    public static String json(List<BenchRow> rows) {
        ObjectNode document = JSON.createObjectNode();
        ArrayNode results = document.putArray("results");
        ArrayNode references = document.putArray("references");
        for (BenchRow row : rows) {
            ObjectNode node = (row.mode() == Mode.PER_SAMPLE_STORE ? references : results).addObject();
            node.put("mode", row.mode().label());
            node.put("shape", row.layout().shape().label());
            node.put("format", row.layout().format().label());
            node.put("recordsPerSecond", row.recordsPerSecond());
            node.put("cpuSecondsPerMillionSamples", row.cpuSecondsPerMillionSamples());
            if (Double.isNaN(row.ratioToLoop())) {
                node.putNull("ratioToLoop");
            } else {
                node.put("ratioToLoop", row.ratioToLoop());
            }
            node.put("runSeconds", row.runSeconds());
            node.put("outputRecordsChecked", row.outputRecords());
        }
        return document.toPrettyString();
    }
}
