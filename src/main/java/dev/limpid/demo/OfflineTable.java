package dev.limpid.demo;

import dev.limpid.definition.Definition;
import dev.limpid.model.Denoiser;
import dev.limpid.model.ModelSlot;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the demo would find with many fleets, without Kafka: a line on the models, one per seed, one per kind of fault. The model
 * changes at its moment as in the demo, only that nothing has to arrive.
 */
public final class OfflineTable {
    private final DemoSpec first;
    private final Definition better;
    private final Definition begin;
    private final Map<FaultKind, int[]> foundAndAll = new EnumMap<>(FaultKind.class);
    private int falseAlarms;
    private double leastGainDb = Double.POSITIVE_INFINITY;
    private int mostMissed;
    private double seriesHours;

    private OfflineTable(DemoSpec first) {
        this.first = first;
        this.better = DemoModels.definition(first.home(), Map.of());
        this.begin = first.swap().isPresent() ? DemoModels.definition(first.home(), DemoModels.plain()) : better;
    }

    /**
     * Runs the fleets of {@code seeds} seeds, from {@code first.seed()} on.
     *
     * @param out takes the lines as they come
     */
    public static void lines(DemoSpec first, int seeds, Consumer<String> out) {
        OfflineTable table = new OfflineTable(first);
        out.accept("models: " + table.begin.model().bundled()
                + first.swap()
                        .map(plan -> ", from " + plan.atMs() / 1000 + " s on "
                                + table.better.model().bundled())
                        .orElse(""));
        for (long seed = first.seed(); seed < first.seed() + seeds; seed++) {
            out.accept(table.line(seed));
        }
        table.foundAndAll.forEach(
                (kind, counts) -> out.accept(text("%-14s%d of %d", kind.label(), counts[0], counts[1])));
        out.accept(text(
                "least gain %.2f dB, most missed with one seed %d, %d false alarms in %.1f series-hours (simulated)",
                table.leastGainDb, table.mostMissed, table.falseAlarms, table.seriesHours));
    }

    private String line(long seed) {
        Fleet fleet =
                Fleet.demo(seed, first.sensors(), begin.input().sampleRateHz(), first.simulatedMs(), first.swap());
        try (ModelSlot slot = new ModelSlot(open(begin))) {
            OfflineRun run = new OfflineRun(fleet, begin.spec(), slot, first.simulatedMs());
            first.swap().ifPresent(plan -> run.at(plan.atMs(), () -> slot.install(open(better))));
            run.run();
            return judged(seed, fleet, run);
        }
    }

    private Denoiser open(Definition definition) {
        return DemoModels.open(first.home(), definition).denoiser();
    }

    private String judged(long seed, Fleet fleet, OfflineRun run) {
        StringBuilder missed = new StringBuilder();
        for (int i = 0; i < fleet.faults().size(); i++) {
            FaultKind kind = fleet.faults().get(i).kind();
            int[] counts = foundAndAll.computeIfAbsent(kind, each -> new int[2]);
            counts[0] += run.findings().found(i) ? 1 : 0;
            counts[1]++;
            if (!run.findings().found(i)) {
                missed.append(' ').append(kind.label());
            }
        }
        Ledger.Figures figures = run.ledger().figures();
        int falseNow = run.findings().falseAlarms().size();
        int found = run.findings().foundCount();
        falseAlarms += falseNow;
        leastGainDb = Math.min(leastGainDb, figures.snrOutDb() - figures.snrInDb());
        mostMissed = Math.max(mostMissed, fleet.faults().size() - found);
        seriesHours += first.sensors() * first.simulatedMs() / 3.6e6;
        return text(
                "seed %d: %.2f dB in, %.2f dB out%s, %d of %d faults found, %d false alarms, %d pending%s%s",
                seed,
                figures.snrInDb(),
                figures.snrOutDb(),
                first.swap().isEmpty()
                        ? ""
                        : text(" (gain %.2f before, %.2f after)", figures.gainBeforeDb(), figures.gainAfterDb()),
                found,
                fleet.faults().size(),
                falseNow,
                figures.pending(),
                missed.isEmpty() ? "" : "; missed:" + missed,
                falseNow == 0 ? "" : "; false: " + run.findings().falseAlarms());
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
