package dev.limpid.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.limpid.signal.Block;
import dev.limpid.signal.Kind;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tokens: one, an array of them, a member with one, or a member with an array. A whole number is the token of its digits; {@code null} is
 * one that is known to be missing.
 */
record JsonTokens(List<String> members, TokenTexts texts) implements JsonBlocks {
    @Override
    public @Nullable String bare(JsonParser parser, JsonToken first, Block into) throws IOException {
        return first == JsonToken.START_ARRAY ? array(parser, into, "the array") : value(parser, into, "the value", -1);
    }

    @Override
    public @Nullable String member(JsonParser parser, JsonToken first, Block into, String name) throws IOException {
        return first == JsonToken.START_ARRAY
                ? array(parser, into, name)
                : "type: '" + name + "' is " + Numbers.clip(parser.getText()) + ", wanted an array of tokens";
    }

    @Override
    public @Nullable String absent(Block into, String name) {
        return "shape: neither '" + name + "' nor '" + members.get(0) + "'";
    }

    private @Nullable String array(JsonParser parser, Block into, String where) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String problem = value(parser, into, where, -1);
            if (problem == null && into.size() > TokenCodecs.MAX_TOKENS) {
                problem = TokenCodecs.tooMany();
            }
            if (problem != null) {
                return problem;
            }
        }
        return into.size() == 0 ? "empty: " + where + " holds no token" : null;
    }

    @Override
    public @Nullable String value(JsonParser parser, Block into, String where, int channel) throws IOException {
        JsonToken token = parser.currentToken();
        float id;
        if (token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT) {
            id = texts.id(parser.getText());
        } else if (token == JsonToken.VALUE_NULL) {
            id = Kind.Tokens.MASKED;
        } else {
            return "type: " + where + " holds " + Numbers.clip(parser.getText())
                    + ", wanted text, a whole number or null";
        }
        if (channel < 0) {
            into.add(id);
        } else {
            into.set(0, channel, id);
        }
        return null;
    }
}
