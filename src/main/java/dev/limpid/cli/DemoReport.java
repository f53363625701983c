package dev.limpid.cli;

import dev.limpid.demo.DemoSummary;
import dev.limpid.demo.SwapSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A demo's summary for people. */
final class DemoReport {
    private DemoReport() {}

    static List<String> lines(DemoSummary summary) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(text("samples    %,d accepted", summary.accepted()));
        lines.add(text(
                "           = %,d cleaned + %,d imputed + %,d passed through + %,d pending",
                summary.cleaned(), summary.imputed(), summary.passedThrough(), summary.pending()));
        lines.add(text("           %,d dead letters", summary.deadLetters()));
        lines.add(text(
                "SNR        %.1f dB in, %.1f dB out: %+.1f dB",
                summary.snrInDb(), summary.snrOutDb(), summary.snrOutDb() - summary.snrInDb()));
        lines.add("           (mean over the series, against the truth, away from faults)");
        lines.add(text(
                "faults     %d of %d found, that is, with an alert within 2 s",
                summary.faultsFound(), summary.faultsInjected()));
        lines.add(text(
                "           %d false alarms in %.2f series-hours of simulated time",
                summary.falseAlarms(), summary.seriesHours()));
        lines.add(text("latency    p50 %.0f ms, p99 %.0f ms", summary.p50LatencyMs(), summary.p99LatencyMs()));
        lines.add("           (from sending the record that makes another final");
        lines.add("           to the other's arrival at a read_committed reader)");
        lines.add(text(
                "rate       %,.0f records/s; simulated time ran %.1f times as fast as the clock",
                summary.recordsPerSecond(), summary.speed()));
        lines.add(text("           first cleaned record %.1f s after the start", summary.firstAnswerSeconds()));
        swap(summary, lines);
        summary.remarks().forEach(remark -> lines.add("           " + remark));
        lines.add(
                summary.conserved() ? "conserved  every accepted sample left exactly once, in order" : "NOT CONSERVED");
        summary.problems().forEach(problem -> lines.add("           " + problem));
        summary.swapProblem().ifPresent(problem -> lines.add("NO SWAP    " + problem));
        return lines;
    }

    private static void swap(DemoSummary summary, List<String> lines) {
        if (summary.swap().isEmpty()) {
            lines.add(text("model      %s from start to end", summary.model()));
            return;
        }
        SwapSummary swap = summary.swap().get();
        lines.add(text("swap       %s: %+.1f dB before", swap.modelBefore(), swap.gainBeforeDb()));
        if (swap.problem().isEmpty()) {
            lines.add(text("           %s: %+.1f dB after", summary.model(), swap.gainAfterDb()));
            lines.add(text(
                    "           (published signed; on all %d series %.0f ms later; %d records",
                    swap.series(), swap.afterMs(), swap.crossFaded()));
            lines.add("           cross-faded, which count neither before nor after)");
        }
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
