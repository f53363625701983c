package dev.limpid.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.limpid.signal.Block;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads samples from a JSON parser into a block. A problem is returned as its reason. */
final class JsonSamples {
    private JsonSamples() {}

    /** Appends a sample of which nothing is known. */
    static void missing(Block into) {
        for (int channel = 0; channel < into.channels(); channel++) {
            into.add(Float.NaN);
        }
    }

    /** An array of one number per channel; the parser stands on its start. */
    static @Nullable String sample(JsonParser parser, Block into, String where) throws IOException {
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (++count > into.channels()) {
                break;
            }
            String problem = number(parser, into, where, -1);
            if (problem != null) {
                return problem;
            }
        }
        return count == into.channels()
                ? null
                : "shape: a sample of " + (count < into.channels() ? "" + count : "more") + " values, wanted "
                        + into.channels() + " channels";
    }

    /** The number the parser stands on: appended, or set in the first sample if {@code channel} is not negative. */
    static @Nullable String number(JsonParser parser, Block into, String where, int channel) throws IOException {
        JsonToken token = parser.currentToken();
        float value;
        if (token == JsonToken.VALUE_NUMBER_FLOAT || token == JsonToken.VALUE_NUMBER_INT) {
            value = parser.getFloatValue();
            if (Float.isInfinite(value)) {
                return "range: " + where + " holds " + Numbers.clip(parser.getText()) + ", more than a float32 does";
            }
        } else if (token == JsonToken.VALUE_NULL
                || (token == JsonToken.VALUE_STRING && parser.getText().equals("NaN"))) {
            value = Float.NaN;
        } else {
            return "type: " + where + " holds " + Numbers.clip(parser.getText()) + ", wanted a number or null";
        }
        if (channel < 0) {
            into.add(value);
        } else {
            into.set(0, channel, value);
        }
        return null;
    }
}
