package dev.limpid.pipeline;

import dev.limpid.signal.Block;
import org.jspecify.annotations.Nullable;

/**
 * A record that has not been answered yet.
 *
 * @param segment the segment it belongs to
 * @param firstSlot slot of its first sample
 * @param length its number of samples
 * @param passed as in {@link SeriesStore#placed}
 * @param raw all its values, {@code [time][channel]}, if some pass through; else they are in the series' ring
 * @param neededFrom first slot whose reconstruction it needs; {@link Long#MAX_VALUE} if none
 * @param finalAt it can leave once all slots before this one are final
 */
@SuppressWarnings("ArrayRecordComponent") // private to the package, never compared
record Waiting<R>(
        R record,
        Segment segment,
        long firstSlot,
        int length,
        byte @Nullable [] passed,
        float @Nullable [] raw,
        long neededFrom,
        long finalAt,
        long timestampMs) {

    static <R> Waiting<R> of(R record, Segment segment, Block block, long firstSlot, byte @Nullable [] passed) {
        int length = block.length();
        int placed = 0;
        int last = length - 1;
        if (passed != null) {
            while (placed < length && passed[placed] >= 0) {
                placed++;
            }
            while (last >= placed && passed[last] >= 0) {
                last--;
            }
        }
        boolean any = placed < length;
        return new Waiting<>(
                record,
                segment,
                firstSlot,
                length,
                passed,
                passed == null ? null : copy(block),
                any ? firstSlot + placed : Long.MAX_VALUE,
                any ? firstSlot + last + 1 : Long.MIN_VALUE,
                block.timestampMs());
    }

    private static float[] copy(Block block) {
        float[] values = new float[block.length() * block.channels()];
        for (int i = 0; i < values.length; i++) {
            values[i] = block.value(i / block.channels(), i % block.channels());
        }
        return values;
    }
}
