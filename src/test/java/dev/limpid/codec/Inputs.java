package dev.limpid.codec;

import dev.limpid.definition.Definition;
import dev.limpid.pipeline.Granularity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Definition parts for the tests of the codecs. */
final class Inputs {
    static final Definition.Series BY_KEY =
            new Definition.Series(Definition.SeriesBy.KEY, Optional.empty(), Duration.ofDays(7));

    private Inputs() {}

    static Definition.Series byField(String field) {
        return new Definition.Series(Definition.SeriesBy.FIELD, Optional.of(field), Duration.ofDays(7));
    }

    static Definition.Input of(Definition.Format format, String... channels) {
        return new Definition.Input("raw", format, List.of(channels), 50, Optional.empty(), "samples", List.of());
    }

    static Definition.Input csv(List<String> columns, Optional<String> timestamp, String... channels) {
        return new Definition.Input("raw", Definition.Format.CSV, List.of(channels), 50, timestamp, "samples", columns);
    }

    static Definition.Output out(Definition.Format format) {
        return new Definition.Output("cleaned", Optional.empty(), Optional.empty(), "dead", Granularity.RECORD, format);
    }

    static Encoder encoder(Definition.Input input) {
        return Encoders.of(input, out(input.format()));
    }

    static Decoder decoder(Definition.Input input) {
        return Decoders.of(input, BY_KEY);
    }
}
