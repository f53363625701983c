package dev.limpid.codec;

import dev.limpid.signal.Block;
import org.jspecify.annotations.Nullable;

/** A byte from 0 to 255 per number, {@code [channel][row][column]}. */
final class U8FrameDecoder implements Decoder {
    static final int MOST = 255;

    private final FrameLayout layout;
    private final float[] planes;

    U8FrameDecoder(FrameLayout layout) {
        this.layout = layout;
        this.planes = new float[layout.size()];
    }

    @Override
    public @Nullable String decode(byte @Nullable [] value, long recordTimestampMs, Block into) {
        into.begin(recordTimestampMs);
        if (value == null || value.length == 0 || value.length > Decoders.MAX_VALUE_BYTES) {
            return Decoders.sizeProblem(value);
        }
        if (value.length != planes.length) {
            return layout.shape(value.length, "bytes");
        }
        String problem = Decoders.timestampProblem(recordTimestampMs);
        if (problem != null) {
            return problem;
        }
        for (int i = 0; i < planes.length; i++) {
            planes[i] = layout.value(value[i] & 0xFF, MOST);
        }
        layout.into(into, planes);
        return null;
    }

    @Override
    public @Nullable String seriesField() {
        return null;
    }
}
