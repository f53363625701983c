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
import java.util.OptionalDouble;

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

    /** Grey frames of 2 by 3 pixels, values from 0 to 255, in windows of so many. */
    static Definition frames(Format format, int frames) {
        Definition signal =
                of(format, Granularity.RECORD, SeriesBy.KEY, new WindowSpec(6 * frames, 6, 5), Map.of(), "grey");
        return new Definition(
                signal.pipeline(),
                new Kind.Frame(2, 3, frames),
                new Definition.Input(
                        "raw",
                        format,
                        List.of("grey"),
                        0,
                        Optional.empty(),
                        "samples",
                        List.of(),
                        Optional.of(new Definition.Pixels(2, 3, 0, 255, OptionalDouble.empty())),
                        Optional.empty()),
                signal.series(),
                signal.window(),
                signal.model(),
                signal.maxWindows(),
                new Definition.Gaps(Duration.ofMinutes(1), Duration.ofMinutes(2)),
                signal.output(),
                signal.alerts(),
                signal.train(),
                signal.kafka());
    }

    /** The same with topics of its own, called after the pipeline, for a broker that it shares with others. */
    static Definition named(String name, Definition definition, Map<String, String> kafka) {
        Definition.Input input = definition.input();
        Definition.Output output = definition.output();
        return new Definition(
                name,
                definition.kind(),
                new Definition.Input(
                        name + ".raw",
                        input.format(),
                        input.channels(),
                        input.sampleRateHz(),
                        input.timestampField(),
                        input.samplesField(),
                        input.csvColumns(),
                        input.pixels(),
                        input.stuck()),
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
                kafka,
                definition.tokens());
    }
}
