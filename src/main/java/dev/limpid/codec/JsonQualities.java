package dev.limpid.codec;

import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.Quality;
import java.util.Arrays;

/** The member {@code quality} of what Limpid adds to JSON: one word, or an array with one per sample if they differ. */
final class JsonQualities {
    private static final byte[][] QUALITIES = Arrays.stream(Quality.values())
            .map(quality -> Utf8Buffer.quoted(quality.label()))
            .toArray(byte[][]::new);

    private JsonQualities() {}

    /** Appends the member, with a comma before it. */
    static void write(CleanedBlock block, Utf8Buffer out) {
        out.addAscii(",\"quality\":");
        Quality first = block.quality(0);
        boolean same = true;
        for (int time = 1; time < block.length() && same; time++) {
            same = block.quality(time) == first;
        }
        if (same) {
            out.add(QUALITIES[first.code()]);
            return;
        }
        for (int time = 0; time < block.length(); time++) {
            out.add(time == 0 ? '[' : ',').add(QUALITIES[block.quality(time).code()]);
        }
        out.add(']');
    }
}
