package dev.limpid.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.limpid.signal.Block;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a block looks like in JSON: a value without members, and the member of an object that holds it. A problem is returned as its reason. */
interface JsonBlocks {
    /** Members that are values of the block's only sample, in the order of the channels. */
    List<String> members();

    /** A value that is no object; the parser stands on {@code first}. */
    @Nullable
    String bare(JsonParser parser, JsonToken first, Block into) throws IOException;

    /** The member of that name; the parser stands on {@code first}. */
    @Nullable
    String member(JsonParser parser, JsonToken first, Block into, String name) throws IOException;

    /** A single value: appended, or set in the first sample if {@code channel} is not negative. */
    default @Nullable String value(JsonParser parser, Block into, String where, int channel) throws IOException {
        return JsonSamples.number(parser, into, where, channel);
    }

    /** An object that has none of these members. */
    @Nullable
    String absent(Block into, String name);
}
