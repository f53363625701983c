package dev.limpid.codec;

import dev.limpid.signal.Block;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Little-endian float32 block, {@code [time][channel]}; any NaN is a missing value, an infinity is refused. */
final class F32Decoder implements Decoder {
    private float[] samples = new float[64];

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
        if (count > samples.length) {
            samples = new float[Math.max(count, 2 * samples.length)];
        }
        ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(samples, 0, count);
        int infinite = infinite(count);
        if (infinite >= 0) {
            return "range: value " + infinite + " is " + samples[infinite] + ", wanted a finite number or NaN";
        }
        into.add(samples, count);
        return null;
    }

    /** Index of the first infinite sample; -1 if there is none. */
    private int infinite(int count) {
        int infinite = 0;
        for (int i = 0; i < count; i++) {
            // only an infinity has all ones in the exponent and nothing behind
            infinite |= (Float.floatToRawIntBits(samples[i]) & 0x7fffffff) == 0x7f800000 ? 1 : 0;
        }
        if (infinite == 0) {
            return -1;
        }
        int first = 0;
        while (!Float.isInfinite(samples[first])) {
            first++;
        }
        return first;
    }

    @Override
    public @Nullable String seriesField() {
        return null;
    }
}
