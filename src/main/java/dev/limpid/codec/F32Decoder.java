package dev.limpid.codec;

import dev.limpid.signal.Block;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Little-endian float32 block, {@code [time][channel]}; any NaN is a missing value, an infinity is refused. */
final class F32Decoder implements Decoder {
    static final VarHandle FLOATS = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

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
        for (int at = 0; at < value.length; at += Float.BYTES) {
            float sample = (float) FLOATS.get(value, at);
            if (Math.abs(sample) == Float.POSITIVE_INFINITY) {
                into.clear();
                return "range: value " + at / Float.BYTES + " is " + sample + ", wanted a finite number or NaN";
            }
            into.add(sample);
        }
        return null;
    }

    @Override
    public @Nullable String seriesField() {
        return null;
    }
}
