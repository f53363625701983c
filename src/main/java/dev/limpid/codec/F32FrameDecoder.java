package dev.limpid.codec;

import dev.limpid.signal.Block;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Little-endian float32, {@code [channel][row][column]}; any NaN is a missing pixel, an infinity is refused. */
final class F32FrameDecoder implements Decoder {
    private final FrameLayout layout;
    private final float[] planes;

    F32FrameDecoder(FrameLayout layout) {
        this.layout = layout;
        this.planes = new float[layout.size()];
    }

    @Override
    public @Nullable String decode(byte @Nullable [] value, long recordTimestampMs, Block into) {
        into.begin(recordTimestampMs);
        if (value == null || value.length == 0 || value.length > Decoders.MAX_VALUE_BYTES) {
            return Decoders.sizeProblem(value);
        }
        if (value.length % Float.BYTES != 0) {
            return "size: " + value.length + " bytes, wanted a multiple of 4 (float32)";
        }
        if (value.length != Float.BYTES * planes.length) {
            return layout.shape(value.length / Float.BYTES, "values");
        }
        String problem = Decoders.timestampProblem(recordTimestampMs);
        if (problem != null) {
            return problem;
        }
        ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(planes);
        if (!Float.isNaN(layout.missing())) {
            for (int i = 0; i < planes.length; i++) {
                planes[i] = layout.value(planes[i]);
            }
        }
        layout.into(into, planes);
        if (into.infinite() >= 0) {
            into.clear();
            return "range: a value is infinite, wanted finite numbers or NaN";
        }
        return null;
    }

    @Override
    public @Nullable String seriesField() {
        return null;
    }
}
