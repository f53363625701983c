package dev.limpid.pipeline;

import dev.limpid.signal.Block;
import org.jspecify.annotations.Nullable;

/**
 * A record that has not been answered yet. In memory for as long as its samples are not final, so it is kept small.
 *
 * @param segment the segment it belongs to
 * @param firstSlot slot of its first sample
 * @param length its number of samples
 * @param passing what passes through of it; null if all its samples are in their slots
 */
record Waiting<R>(R record, Segment segment, long firstSlot, int length, @Nullable Passing passing) {

    /**
     * @param passed as in {@link SeriesStore#placed}
     * @param raw all values of the record, {@code [time][channel]}
     */
    @SuppressWarnings("ArrayRecordComponent") // private to the package, never compared
    record Passing(byte[] passed, float[] raw, int first, int last) {

        /** @param first first sample that is in its slot; past {@code last}, the last such one, if there is none */
        Passing {}

        static Passing of(byte[] passed, Block block) {
            int first = 0;
            int last = passed.length - 1;
            while (first <= last && passed[first] >= 0) {
                first++;
            }
            while (last >= first && passed[last] >= 0) {
                last--;
            }
            float[] raw = new float[block.length() * block.channels()];
            for (int i = 0; i < raw.length; i++) {
                raw[i] = block.value(i / block.channels(), i % block.channels());
            }
            return new Passing(passed, raw, first, last);
        }
    }

    static <R> Waiting<R> of(R record, Segment segment, Block block, long firstSlot, byte @Nullable [] passed) {
        return new Waiting<>(
                record, segment, firstSlot, block.length(), passed == null ? null : Passing.of(passed, block));
    }

    /** First slot whose reconstruction it needs; {@link Long#MAX_VALUE} if none. */
    long neededFrom() {
        int first = passing == null ? 0 : passing.first;
        int last = passing == null ? length - 1 : passing.last;
        return first <= last ? firstSlot + first : Long.MAX_VALUE;
    }

    /** It can leave once all slots before this one are final. */
    long finalAt() {
        int first = passing == null ? 0 : passing.first;
        int last = passing == null ? length - 1 : passing.last;
        return first <= last ? firstSlot + last + 1 : Long.MIN_VALUE;
    }

    /** Whether sample {@code time} passes through: the code of its {@link Quality}, else -1. */
    byte passed(int time) {
        return passing == null ? -1 : passing.passed[time];
    }
}
