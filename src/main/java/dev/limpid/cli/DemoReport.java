package dev.limpid.cli;

import dev.limpid.demo.DemoSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A demo's summary for people. */
final class DemoReport {
    private DemoReport() {}

    static List<String> lines(DemoSummary summary) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(text(
                "samples    %,d accepted = %,d cleaned + %,d imputed + %,d passed through + %,d pending",
                summary.accepted(), summary.cleaned(), summary.imputed(), summary.passedThrough(), summary.pending()));
        lines.add(text("           %,d dead letters", summary.deadLetters()));
        lines.add(text(
                "SNR        %.1f dB in, %.1f dB out: %+.1f dB (mean over the series, against the truth, away from faults)",
                summary.snrInDb(), summary.snrOutDb(), summary.snrOutDb() - summary.snrInDb()));
        lines.add(text(
                "faults     %d of %d found (alert within 2 s), %d false alarms in %.2f series-hours of simulated time",
                summary.faultsFound(), summary.faultsInjected(), summary.falseAlarms(), summary.seriesHours()));
        lines.add(text(
                "latency    p50 %.0f ms, p99 %.0f ms, from sending the record that makes another final to its arrival at",
                summary.p50LatencyMs(), summary.p99LatencyMs()));
        lines.add("           a read_committed reader");
        lines.add(text(
                "rate       %,.0f records/s cleaned while the sensors sent; simulated time ran %.1f times as fast",
                summary.recordsPerSecond(), summary.speed()));
        lines.add(text("model      %s", summary.model()));
        summary.remarks().forEach(remark -> lines.add("           " + remark));
        lines.add(
                summary.conserved() ? "conserved  every accepted sample left exactly once, in order" : "NOT CONSERVED");
        summary.problems().forEach(problem -> lines.add("           " + problem));
        return lines;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
