package dev.limpid.kafka;

import dev.limpid.definition.Definition;
import dev.limpid.definition.Definition.Format;
import dev.limpid.definition.Definition.SeriesBy;
import dev.limpid.pipeline.Granularity;
import dev.limpid.score.AlertSpec;
import dev.limpid.signal.Kind;
import dev.limpid.signal.WindowSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Definitions for tests: windows of 8 with hop 4 on a grid of 100 Hz. */
final class Definitions {
    static final WindowSpec WINDOW = new WindowSpec(8, 4, 8);

    private Definitions() {}

    static Definition of(Format format, Granularity granularity, SeriesBy by, String... channels) {
        return of(format, granularity, by, WINDOW, Map.of(), channels);
    }

    static Definition of(
            Format format,
            Granularity granularity,
            SeriesBy by,
            WindowSpec window,
            Map<String, String> kafka,
            String... channels) {
        return new Definition(
                "test",
                Kind.SIGNAL,
                new Definition.Input("raw", format, List.of(channels), 100, Optional.empty(), "samples", List.of()),
                new Definition.Series(
                        by, by == SeriesBy.FIELD ? Optional.of("id") : Optional.empty(), Duration.ofDays(7)),
                window,
                new Definition.Model(
                        "half", "none", Definition.Provider.CPU, Optional.empty(), Definition.TakeOver.DEFAULT),
                16,
                new Definition.Gaps(Duration.ofMillis(500), Duration.ofSeconds(2)),
                new Definition.Output(
                        "cleaned", Optional.of("scores"), Optional.of("alerts"), "dead", granularity, format),
                AlertSpec.DEFAULT,
                Map.of(),
                kafka);
    }

    /** The same with topics of its own, called after the pipeline, for a broker that it shares with others. */
    static Definition named(String name, Definition definition, Map<String, String> kafka) {
        Definition.Input input = definition.input();
        Definition.Output output = definition.output();
        return new Definition(
                name,
                Kind.SIGNAL,
                new Definition.Input(
                        name + ".raw",
                        input.format(),
                        input.channels(),
                        input.sampleRateHz(),
                        input.timestampField(),
                        input.samplesField(),
                        input.csvColumns()),
                definition.series(),
                definition.window(),
                definition.model(),
                definition.maxWindows(),
                definition.gaps(),
                new Definition.Output(
                        name + ".cleaned",
                        Optional.of(name + ".scores"),
                        Optional.of(name + ".alerts"),
                        name + ".dead",
                        output.granularity(),
                        output.format()),
                definition.alerts(),
                definition.train(),
                kafka);
    }
}
