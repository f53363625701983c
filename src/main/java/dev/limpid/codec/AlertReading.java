package dev.limpid.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a reader of the alerts topic wants of what {@link AlertLayout} wrote to know from when to when a series was anomalous.
 *
 * @param raised whether it was raised; else it was cleared
 * @param startMs the alert's identity within its series
 * @param atMs end of the window that raised or cleared it
 */
public record AlertReading(boolean raised, long startMs, long atMs) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Reads a record's value; empty if it is none. */
    public static Optional<AlertReading> of(byte @Nullable [] value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            JsonNode tree = JSON.readTree(value);
            String state = tree.path("state").asText("");
            JsonNode start = tree.path("start");
            JsonNode at = tree.path("at");
            boolean whole = start.isIntegralNumber() && at.isIntegralNumber();
            return whole && (state.equals("RAISED") || state.equals("CLEARED"))
                    ? Optional.of(new AlertReading(state.equals("RAISED"), start.longValue(), at.longValue()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
