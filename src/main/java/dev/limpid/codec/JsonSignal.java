package dev.limpid.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.limpid.signal.Block;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Samples of a signal: a number, an array with one per channel, a member per channel, or a member with an array of samples. */
record JsonSignal(List<String> members) implements JsonBlocks {
    @Override
    public @Nullable String bare(JsonParser parser, JsonToken first, Block into) throws IOException {
        if (first == JsonToken.START_ARRAY) {
            return JsonSamples.sample(parser, into, "the array");
        }
        return into.channels() == 1
                ? JsonSamples.number(parser, into, "the value", -1)
                : "shape: one number, wanted " + into.channels() + " channels";
    }

    @Override
    public @Nullable String member(JsonParser parser, JsonToken first, Block into, String name) throws IOException {
        if (first != JsonToken.START_ARRAY) {
            return "type: '" + name + "' is " + Numbers.clip(parser.getText()) + ", wanted an array of samples";
        }
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
            String problem;
            if (next == JsonToken.START_ARRAY) {
                problem = JsonSamples.sample(parser, into, name);
            } else if (next == JsonToken.VALUE_NULL) {
                JsonSamples.missing(into);
                problem = null;
            } else {
                problem = into.channels() == 1
                        ? JsonSamples.number(parser, into, name, -1)
                        : "shape: a sample in '" + name + "' is no array, wanted one of " + into.channels()
                                + " channels";
            }
            if (problem == null && into.size() > Decoders.MAX_JSON_VALUES) {
                problem = "size: more than " + Decoders.MAX_JSON_VALUES + " numbers";
            }
            if (problem != null) {
                return problem;
            }
        }
        return into.size() == 0 ? "empty: '" + name + "' holds no sample" : null;
    }

    @Override
    public @Nullable String absent(Block into, String name) {
        JsonSamples.missing(into);
        return null;
    }
}
