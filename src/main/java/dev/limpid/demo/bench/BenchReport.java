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
    public static String table(List<BenchRow> rows, List<PacedRow> paced) {
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
        paced.forEach(row -> text.append(line(row)).append(System.lineSeparator()));
        return text.toString();
    }

    /** One line for a paced measurement. */
    static String line(PacedRow row) {
        return String.format(
                Locale.ROOT,
                "%-14s %-13s %,7d series x %3d Hz %-12s %,7.0f records/s: p50 %5.0f ms, p99 %5.0f ms, %.3f CPU s/s,"
                        + " changelog/input %.2f, %,.0f bytes of heap per series",
                row.pace().name(),
                row.pace().mode().label(),
                row.pace().series(),
                row.pace().rateHz(),
                row.pace().layout().label(),
                row.pace().recordsPerSecond(),
                row.p50Ms(),
                row.p99Ms(),
                row.cpuSeconds(),
                row.changelogRatio(),
                row.heapBytesPerSeries());
    }

    /** {@code {"results":[…]}}; the per-sample store, which is no contender but a reference, stands under {@code "references"}. */
    public static String json(List<BenchRow> rows, List<PacedRow> paced) {
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
        ArrayNode rates = document.putArray("paced");
        for (PacedRow row : paced) {
            ObjectNode node = rates.addObject();
            node.put("name", row.pace().name());
            node.put("mode", row.pace().mode().label());
            node.put("shape", row.pace().layout().shape().label());
            node.put("format", row.pace().layout().format().label());
            node.put("series", row.pace().series());
            node.put("rateHz", row.pace().rateHz());
            node.put("recordsPerSecond", row.pace().recordsPerSecond());
            if (!Double.isNaN(row.p50Ms())) {
                node.put("p50LatencyMs", row.p50Ms());
                node.put("p99LatencyMs", row.p99Ms());
            }
            node.put("cpuSecondsPerSecond", row.cpuSeconds());
            node.put("inputBytes", row.inputBytes());
            node.put("changelogBytes", row.changelogBytes());
            node.put("outputBytes", row.outputBytes());
            node.put("changelogToInput", row.changelogRatio());
            node.put("heapBytesPerSeries", row.heapBytesPerSeries());
        }
        return document.toPrettyString();
    }
}
