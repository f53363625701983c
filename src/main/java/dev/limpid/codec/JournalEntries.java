package dev.limpid.codec;

import dev.limpid.pipeline.SeriesHead;
import dev.limpid.signal.Block;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Journal entries on their way into a chunk: what was placed in one series since the last commit, encoded as it comes so
 * that a sample costs no object.
 *
 * <pre>
 * flags     u8      1 codes, 2 timeMs, 4 slot, 8 samples follow
 * timeMs    zigzag  - the entry before's (the chunk's baseMs for the first); 0 if it does not follow
 * slot      zigzag  - the slot after the entry before (the chunk's baseSlot for the first); 0 if it does not follow
 * samples   varint; 1 if it does not follow
 * codes     varint number of runs, per run: varint length, u8 code: 255 for samples that went to their slots, else the code
 *           of the quality they pass through with
 * payload   FLOATS: samples × channels × f32, [time][channel];  BYTES: varint length, bytes
 * </pre>
 *
 * The bytes of a source record ({@code granularity: record}) are: {@code u8 flags (0 no key, 1 the series key, 2 its own;
 * 4 a timestamp, 8 headers follow), zigzag timestamp - timeMs, the key's sized bytes if it is its own, varint number of
 * headers, per header: sized UTF-8 name, varint 0 for null or length + 1, bytes; the rest is the value}. Confined to one
 * thread.
 */
public final class JournalEntries {
    private static final int CODES = 1;
    private static final int TIME = 2;
    private static final int SLOT = 4;
    private static final int SAMPLES = 8;
    private final ByteWriter out = new ByteWriter();
    private int count;
    private long baseMs;
    private long baseSlot;
    private long previousMs;
    private long previousEnd;
    private long firstSlot = Long.MAX_VALUE;
    private long maxEnd = Long.MIN_VALUE;

    /**
     * How payloads lie.
     *
     * @param channels channels per sample
     * @param floats samples as floats; else opaque bytes
     * @param sampleRateHz of the time grid; 0 if there is none
     */
    public record Shape(int channels, boolean floats, double sampleRateHz) {
        /** What the times of a chunk's header count from: with floats, which have no times of their own on a grid, the grid's. */
        public long baseMs(SeriesHead head) {
            return floats ? head.gridMs(sampleRateHz) : 0;
        }
    }

    /** Appends an entry whose payload is {@code count} samples of the block, from {@code time} on: {@code firstSlot} and following. */
    public void addFloats(Block block, long firstSlot, int time, int count) {
        begin(block.timestampMs(), firstSlot, count, null);
        block.values(time, count, out.floats(count * block.channels()));
    }

    /** Appends an entry whose payload is {@code payload}. */
    public void addBytes(long timeMs, long firstSlot, int samples, byte @Nullable [] passed, ByteWriter payload) {
        begin(timeMs, firstSlot, samples, passed);
        out.varint(payload.size());
        out.raw(payload);
    }

    /** Appends an entry that was read from another chunk. */
    public void add(Reader entry) {
        begin(entry.timeMs, entry.firstSlot, entry.samples, entry.passed);
        if (!entry.shape.floats()) {
            out.varint(entry.payload.length);
        }
        out.raw(entry.payload, 0, entry.payload.length);
    }

    private void begin(long timeMs, long firstSlot, int samples, byte @Nullable [] passed) {
        if (count == 0) {
            baseMs = timeMs;
            baseSlot = firstSlot;
            previousMs = timeMs;
            previousEnd = firstSlot;
        }
        out.u8((passed == null ? 0 : CODES)
                | (timeMs == previousMs ? 0 : TIME)
                | (firstSlot == previousEnd ? 0 : SLOT)
                | (samples == 1 ? 0 : SAMPLES));
        if (timeMs != previousMs) {
            out.zigzag(timeMs - previousMs);
        }
        if (firstSlot != previousEnd) {
            out.zigzag(firstSlot - previousEnd);
        }
        if (samples != 1) {
            out.varint(samples);
        }
        if (passed != null) {
            codes(passed, samples);
        }
        previousMs = timeMs;
        previousEnd = firstSlot + samples;
        this.firstSlot = Math.min(this.firstSlot, firstSlot);
        maxEnd = Math.max(maxEnd, previousEnd);
        count++;
    }

    private void codes(byte[] passed, int samples) {
        int runs = 0;
        for (int i = 0; i < samples; i++) {
            runs += i == 0 || passed[i] != passed[i - 1] ? 1 : 0;
        }
        out.varint(runs);
        int start = 0;
        for (int i = 1; i <= samples; i++) {
            if (i == samples || passed[i] != passed[start]) {
                out.varint(i - start);
                out.u8(passed[start]);
                start = i;
            }
        }
    }

    /** Reads these entries back. */
    public Reader reader(Shape shape) {
        return new Reader(new ByteReader(out.toBytes()), shape, count, baseMs, baseSlot);
    }

    public void clear() {
        out.clear();
        count = 0;
        firstSlot = Long.MAX_VALUE;
        maxEnd = Long.MIN_VALUE;
    }

    public int count() {
        return count;
    }

    /** Bytes so far. */
    public int size() {
        return out.size();
    }

    /** Least slot of an entry; {@code Long.MAX_VALUE} if there is none. */
    public long firstSlot() {
        return firstSlot;
    }

    /** Greatest slot after an entry; {@code Long.MIN_VALUE} if there is none. */
    public long maxEnd() {
        return maxEnd;
    }

    long baseMs() {
        return baseMs;
    }

    long baseSlot() {
        return baseSlot;
    }

    void writeTo(ByteWriter to) {
        to.raw(out);
    }

    /** Reads the entries of a chunk, one after the other: {@code while (reader.next()) …}. */
    public static final class Reader {
        private final ByteReader in;
        private final Shape shape;
        private int left;
        private long timeMs;
        private long firstSlot;
        private int samples;
        private byte @Nullable [] passed;
        private byte[] payload = {};

        Reader(ByteReader in, Shape shape, int count, long baseMs, long baseSlot) {
            this.in = in;
            this.shape = shape;
            this.left = count;
            this.timeMs = baseMs;
            this.firstSlot = baseSlot;
        }

        /** Bytes read so far, from an arbitrary start. */
        public int position() {
            return in.position();
        }

        /** Goes to the next entry; false if there is none. */
        public boolean next() {
            if (left == 0) {
                return false;
            }
            left--;
            int flags = in.u8();
            timeMs += (flags & TIME) == 0 ? 0 : in.zigzag();
            firstSlot += samples + ((flags & SLOT) == 0 ? 0 : in.zigzag());
            samples = (flags & SAMPLES) == 0 ? 1 : in.count();
            passed = (flags & CODES) == 0 ? null : codes();
            payload = in.raw(shape.floats() ? samples * shape.channels() * Float.BYTES : in.count());
            return true;
        }

        private byte[] codes() {
            byte[] codes = new byte[samples];
            int at = 0;
            for (int run = in.count(); run > 0; run--) {
                int end = at + in.count();
                Arrays.fill(codes, at, end, (byte) in.u8());
                at = end;
            }
            return codes;
        }

        public long timeMs() {
            return timeMs;
        }

        public long firstSlot() {
            return firstSlot;
        }

        public int samples() {
            return samples;
        }

        public byte @Nullable [] passed() {
            return passed;
        }

        public byte[] payload() {
            return payload;
        }

        /** Fills {@code into} from a payload of floats. */
        public void readFloats(Block into) {
            into.begin(timeMs);
            ByteReader floats = new ByteReader(payload);
            while (!floats.atEnd()) {
                into.add(floats.f32());
            }
        }
    }
}
