package dev.limpid.codec;

import dev.limpid.signal.Block;
import dev.limpid.signal.Kind;
import org.jspecify.annotations.Nullable;

/** Tokens that stand one after the other in a value; an empty one is known to be missing. */
final class TokenDecoder implements Decoder {
    private final TokenPlaces places;
    private final TokenTexts texts;

    TokenDecoder(TokenPlaces places, TokenTexts texts) {
        this.places = places;
        this.texts = texts;
    }

    @Override
    public @Nullable String decode(byte @Nullable [] value, long recordTimestampMs, Block into) {
        into.begin(recordTimestampMs);
        if (value == null || value.length == 0 || value.length > Decoders.MAX_VALUE_BYTES) {
            return Decoders.sizeProblem(value);
        }
        String problem = TokenCodecs.encodingProblem(value);
        if (problem == null) {
            problem = places.find(value);
        }
        if (problem == null) {
            problem = Decoders.timestampProblem(recordTimestampMs);
        }
        if (problem != null) {
            return problem;
        }
        int count = places.count();
        if (count == 0) {
            return "empty: nothing but white space";
        }
        if (count > TokenCodecs.MAX_TOKENS) {
            return TokenCodecs.tooMany();
        }
        for (int token = 0; token < count; token++) {
            String text = places.text(value, token);
            into.add(text.isEmpty() ? Kind.Tokens.MASKED : texts.id(text));
        }
        return null;
    }

    @Override
    public @Nullable String seriesField() {
        return null;
    }
}
