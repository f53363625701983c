package dev.limpid.codec;

import dev.limpid.definition.Definition;
import dev.limpid.definition.Tokens;
import dev.limpid.model.Vocabulary;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.Quality;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Makes the codecs of tokens, and holds what they share. */
final class TokenCodecs {
    /** The most tokens of a record. */
    static final int MAX_TOKENS = 16_384;

    private static final int CHANGED = 1 << Quality.IMPUTED.code() | 1 << Quality.REPLACED.code();

    private TokenCodecs() {}

    static Decoder decoder(Definition definition, Tokens tokens, Vocabulary vocabulary) {
        return decoder(
                definition,
                definition.input().format() == Definition.Format.DRAIN
                        ? TokenTexts.ofLog(tokens, vocabulary)
                        : TokenTexts.of(tokens, vocabulary));
    }

    static Decoder decoder(Definition definition, TokenTexts texts) {
        Definition.Input input = definition.input();
        String field = definition.series().by() == Definition.SeriesBy.FIELD
                ? definition.series().field().orElse(null)
                : null;
        return switch (input.format()) {
            case JSON -> new JsonDecoder(input, field, new JsonTokens(input.channels(), texts));
            case CSV -> new TokenCsvDecoder(input, field, texts);
            case TEXT -> new TokenDecoder(new WordPlaces(), texts);
            case DRAIN -> new TokenDecoder(new LinePlaces(), texts);
            default -> throw new IllegalArgumentException(input.format() + " is not for tokens");
        };
    }

    static Encoder encoder(Definition definition, Tokens tokens, Vocabulary vocabulary) {
        Definition.Input input = definition.input();
        TokenTexts texts = TokenTexts.of(tokens, vocabulary);
        return switch (input.format()) {
            case JSON -> new TokenJsonEncoder(input, texts);
            case CSV ->
                new TokenEncoder(
                        new CellPlaces(input.csvColumns(), input.channels().get(0)), texts);
            case TEXT -> new TokenEncoder(new WordPlaces(), texts);
            case DRAIN -> new TokenEncoder(new LinePlaces(), texts);
            default -> throw new IllegalArgumentException(input.format() + " is not for tokens");
        };
    }

    static String tooMany() {
        return "size: more than " + MAX_TOKENS + " tokens";
    }

    /** Whether any token left as another one. */
    static boolean changes(CleanedBlock block) {
        return (block.qualities() & CHANGED) != 0;
    }

    /** Whether that token left as another one. */
    static boolean changed(CleanedBlock block, int token) {
        return (1 << block.quality(token).code() & CHANGED) != 0;
    }

    /** What is wrong with the bytes as UTF-8, or null. */
    static @Nullable String encodingProblem(byte[] value) {
        for (byte each : value) {
            if (each < 0) {
                return decodes(value) ? null : "syntax: invalid UTF-8";
            }
        }
        return null;
    }

    private static boolean decodes(byte[] value) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
