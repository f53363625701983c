package dev.limpid.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.limpid.signal.Block;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A frame as an array: {@code [channel][row][column]}, nested so, all flat, or for one channel {@code [row][column]}. {@code null} is a
 * missing pixel. Confined to one thread.
 */
final class JsonFrame implements JsonBlocks {
    private static final int DEEPEST = 3;

    private final FrameLayout layout;
    private final float[] planes;
    private final Block number = new Block(1);

    JsonFrame(FrameLayout layout) {
        this.layout = layout;
        this.planes = new float[layout.size()];
    }

    @Override
    public List<String> members() {
        return List.of();
    }

    @Override
    public @Nullable String bare(JsonParser parser, JsonToken first, Block into) throws IOException {
        return first == JsonToken.START_ARRAY
                ? array(parser, into, "the array")
                : "type: " + Numbers.clip(parser.getText()) + ", wanted an array of numbers";
    }

    @Override
    public @Nullable String member(JsonParser parser, JsonToken first, Block into, String name) throws IOException {
        return first == JsonToken.START_ARRAY
                ? array(parser, into, name)
                : "type: '" + name + "' is " + Numbers.clip(parser.getText()) + ", wanted an array of numbers";
    }

    @Override
    public @Nullable String absent(Block into, String name) {
        return "shape: member '" + name + "' (the frame) is missing";
    }

    private @Nullable String array(JsonParser parser, Block into, String where) throws IOException {
        int[] counts = new int[DEEPEST];
        int[] sizes = {};
        int depth = 1;
        int read = 0;
        while (depth > 0) {
            JsonToken next = parser.nextToken();
            if (next == JsonToken.END_ARRAY) {
                if (sizes.length < depth || counts[depth - 1] != sizes[depth - 1]) {
                    return shape(where, counts, depth, sizes);
                }
                depth--;
                if (depth > 0) {
                    counts[depth - 1]++;
                }
            } else if (next == JsonToken.START_ARRAY) {
                if (depth == DEEPEST || sizes.length == depth) {
                    return "shape: " + where + " is nested " + (depth + 1) + " deep, wanted " + forms();
                }
                counts[depth++] = 0;
            } else {
                if (sizes.length == 0) {
                    sizes = sizes(depth);
                }
                if (sizes.length != depth) {
                    return "shape: " + where + " has a value " + depth + " deep, wanted " + forms();
                }
                if (counts[depth - 1]++ == sizes[depth - 1]) {
                    return shape(where, counts, depth, sizes);
                }
                number.begin(0);
                String problem = JsonSamples.number(parser, number, where, -1);
                if (problem != null) {
                    return problem;
                }
                if (read == planes.length) {
                    return layout.shape(read + 1L, "values or more");
                }
                planes[read++] = layout.value(number.value(0, 0));
            }
        }
        if (read != planes.length) {
            return layout.shape(read, "values");
        }
        layout.into(into, planes);
        return null;
    }

    /** Sizes of the nested arrays, if numbers stand so deep; empty if they cannot. */
    private int[] sizes(int depth) {
        return switch (depth) {
            case 1 -> new int[] {layout.size()};
            case 2 -> layout.channels() == 1 ? new int[] {layout.height(), layout.width()} : new int[0];
            default -> new int[] {layout.channels(), layout.height(), layout.width()};
        };
    }

    private String forms() {
        return "numbers in arrays of "
                + (layout.channels() == 1 ? Arrays.toString(sizes(2)) + ", " : "")
                + Arrays.toString(sizes(3)) + " or " + Arrays.toString(sizes(1));
    }

    private String shape(String where, int[] counts, int depth, int[] sizes) {
        return "shape: an array in " + where + " has " + counts[depth - 1]
                + (sizes.length < depth ? " numbers" : " elements, wanted " + sizes[depth - 1]) + "; wanted " + forms();
    }
}
