package dev.limpid.codec;

import dev.limpid.definition.Definition;
import dev.limpid.definition.Tokens;
import dev.limpid.model.Vocabulary;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the decoder of a definition, and holds the limits that all of them share. */
public final class Decoders {
    /**
     * The largest value taken, in bytes. With it and {@link #MAX_JSON_VALUES} a cleaned JSON record, which holds its raw
     * values too, stays under Kafka's default request limit: 2 × 192 KiB of input, 16,384 × 15 bytes of numbers and
     * 16,384 × 12 bytes of qualities are 816 KiB.
     */
    public static final int MAX_VALUE_BYTES = 192 * 1024;

    /** The most numbers in a JSON value. */
    public static final int MAX_JSON_VALUES = 16_384;

    /** The last millisecond of the year 9999: a greater timestamp is in other units. */
    public static final long MAX_TIMESTAMP_MS = 253_402_300_799_999L;

    private Decoders() {}

    /**
     * A new decoder, for one thread.
     *
     * @param vocabulary of the model that the pipeline starts with; of no meaning but for tokens
     */
    public static Decoder of(Definition definition, Vocabulary vocabulary) {
        return definition
                .tokens()
                .map(tokens -> TokenCodecs.decoder(definition, tokens, vocabulary))
                .orElseGet(() -> of(definition.input(), definition.series()));
    }

    /** A new decoder of tokens with white space between them, whatever the input's format, for one thread. */
    public static Decoder ofText(Tokens tokens, Vocabulary vocabulary) {
        return new TokenDecoder(new WordPlaces(), TokenTexts.of(tokens, vocabulary));
    }

    /**
     * A new decoder of a definition of tokens that takes what the others take and hands on every token's text, for one thread; all ids are
     * that of an unknown one. Of a value that is refused it may have handed on some.
     */
    public static Decoder hearing(Definition definition, Consumer<String> heard) {
        return TokenCodecs.decoder(
                definition, TokenTexts.hearing(definition.tokens().orElseThrow(), heard));
    }

    /** The same of numbers. */
    public static Decoder of(Definition.Input input, Definition.Series series) {
        String field = series.by() == Definition.SeriesBy.FIELD ? series.field().orElse(null) : null;
        if (input.pixels().isPresent()) {
            return ofFrames(input, FrameLayout.of(input, input.pixels().get()), field);
        }
        return switch (input.format()) {
            case JSON -> new JsonDecoder(input, field, new JsonSignal(input.channels()));
            case F32 -> new F32Decoder();
            case CSV -> new CsvDecoder(input, field);
            default -> throw new IllegalArgumentException(input.format() + " is for another kind");
        };
    }

    private static Decoder ofFrames(Definition.Input input, FrameLayout layout, @Nullable String field) {
        return switch (input.format()) {
            case JSON -> new JsonDecoder(input, field, new JsonFrame(layout));
            case F32 -> new F32FrameDecoder(layout);
            case U8 -> new U8FrameDecoder(layout);
            case IMAGE -> new ImageDecoder(layout);
            default -> throw new IllegalArgumentException(input.format() + " is not for frames");
        };
    }

    /** What is wrong with the value's size, or null. */
    static @Nullable String sizeProblem(byte @Nullable [] value) {
        if (value == null) {
            return "empty: the value is null";
        }
        if (value.length == 0) {
            return "empty: the value has no bytes";
        }
        if (value.length > MAX_VALUE_BYTES) {
            return "size: " + value.length + " bytes, at most " + MAX_VALUE_BYTES;
        }
        return null;
    }

    /** What is wrong with a timestamp, or null. */
    static @Nullable String timestampProblem(long timestampMs) {
        return timestampMs >= 0 && timestampMs <= MAX_TIMESTAMP_MS
                ? null
                : "range: the timestamp is " + timestampMs + ", wanted milliseconds from 0 to " + MAX_TIMESTAMP_MS;
    }
}
