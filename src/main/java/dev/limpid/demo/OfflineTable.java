package dev.limpid.demo;

import dev.limpid.definition.Definition;
import dev.limpid.model.ModelSlot;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** What the demo would find with many fleets, without Kafka: a line per seed, then one per kind of fault. */
public final class OfflineTable {
    private OfflineTable() {}

    /**
     * Runs the fleets of {@code seeds} seeds, from {@code first.seed()} on.
     *
     * @param out takes the lines as they come
     */
    public static void lines(DemoSpec first, int seeds, Consumer<String> out) {
        Definition definition = DemoRun.definition(first.home(), Map.of());
        Map<FaultKind, int[]> byKind = new EnumMap<>(FaultKind.class);
        int falseAlarms = 0;
        double leastGainDb = Double.POSITIVE_INFINITY;
        int mostMissed = 0;
        double seriesHours = 0;
        try (ModelSlot slot = DemoRun.model(first.home(), definition)) {
            for (long seed = first.seed(); seed < first.seed() + seeds; seed++) {
                Fleet fleet =
                        Fleet.demo(seed, first.sensors(), definition.input().sampleRateHz(), first.simulatedMs());
                OfflineRun run = new OfflineRun(fleet, definition.spec(), slot);
                run.run(first.simulatedMs());
                StringBuilder missed = new StringBuilder();
                for (int i = 0; i < fleet.faults().size(); i++) {
                    int[] foundAndAll =
                            byKind.computeIfAbsent(fleet.faults().get(i).kind(), kind -> new int[2]);
                    foundAndAll[0] += run.findings().found(i) ? 1 : 0;
                    foundAndAll[1]++;
                    if (!run.findings().found(i)) {
                        missed.append(' ').append(fleet.faults().get(i).kind().label());
                    }
                }
                Ledger.Figures figures = run.ledger().figures();
                int falseNow = run.findings().falseAlarms().size();
                falseAlarms += falseNow;
                leastGainDb = Math.min(leastGainDb, figures.snrOutDb() - figures.snrInDb());
                mostMissed = Math.max(
                        mostMissed, fleet.faults().size() - run.findings().foundCount());
                seriesHours += first.sensors() * first.simulatedMs() / 3.6e6;
                out.accept(text(
                        "seed %d: %.2f dB in, %.2f dB out, %d of %d faults found, %d false alarms, %d pending%s%s",
                        seed,
                        figures.snrInDb(),
                        figures.snrOutDb(),
                        run.findings().foundCount(),
                        fleet.faults().size(),
                        falseNow,
                        figures.pending(),
                        missed.isEmpty() ? "" : "; missed:" + missed,
                        falseNow == 0 ? "" : "; false: " + run.findings().falseAlarms()));
            }
        }
        byKind.forEach((kind, counts) -> out.accept(text("%-14s%d of %d", kind.label(), counts[0], counts[1])));
        out.accept(text(
                "least gain %.2f dB, most missed with one seed %d, %d false alarms in %.1f series-hours (simulated)",
                leastGainDb, mostMissed, falseAlarms, seriesHours));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
