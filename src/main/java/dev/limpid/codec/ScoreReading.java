package dev.limpid.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a reader of the scores topic mostly wants of what {@link ScoreLayout} wrote.
 *
 * @param model as {@link dev.limpid.model.ModelId} is written
 */
public record ScoreReading(float score, String model) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Reads a record's value; empty if it has no score, or is none. */
    public static Optional<ScoreReading> of(byte @Nullable [] value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            JsonNode tree = JSON.readTree(value);
            JsonNode score = tree.path("score");
            return score.isNumber()
                    ? Optional.of(new ScoreReading(
                            score.floatValue(), tree.path("model").asText("")))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
