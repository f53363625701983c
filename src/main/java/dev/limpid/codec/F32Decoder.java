package dev.limpid.codec;

import dev.limpid.signal.Block;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Little-endian float32 block, {@code [time][channel]}; any NaN is a missing value, an infinity is refused. */
final class F32Decoder implements Decoder {
    @Override
    public @Nullable String decode(byte @Nullable [] value, long recordTimestampMs, Block into) {
        into.begin(recordTimestampMs);
        if (value == null || value.length == 0 || value.length > Decoders.MAX_VALUE_BYTES) {
            return Decoders.sizeProblem(value);
        }
        int stride = Float.BYTES * into.channels();
        if (value.length % Float.BYTES != 0) {
            return "size: " + value.length + " bytes, wanted a multiple of 4 (float32)";
        }
        if (value.length % stride != 0) {
            return "shape: " + value.length / Float.BYTES + " values, wanted a multiple of " + into.channels()
                    + " channels";
        }
        String problem = Decoders.timestampProblem(recordTimestampMs);
        if (problem != null) {
            return problem;
        }
        int count = value.length / Float.BYTES;
        into.add(ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer(), count);
        int infinite = into.infinite();
        if (infinite >= 0) {
            float found = into.value(infinite / into.channels(), infinite % into.channels());
            into.clear();
            return "range: value " + infinite + " is " + found + ", wanted a finite number or NaN";
        }
        return null;
    }

    @Override
    public @Nullable String seriesField() {
        return null;
    }
}
