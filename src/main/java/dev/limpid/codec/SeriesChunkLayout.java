package dev.limpid.codec;

import dev.limpid.score.AlertState;
import dev.limpid.score.GuardState;
import dev.limpid.signal.StuckEvidence;
import java.util.ArrayList;
import java.util.List;

/**
 * The value of one record of the series store (and so of its changelog): version 3, 2 where no stuck pixels follow, and 1 where
 * no guard does either, so that what has none is read by older programs, too. docs/design/0001-state.md says why.
 *
 * <pre>
 * version      u8       1, 2 if a guard follows, 3 if stuck pixels do; a newer one is refused
 * flags        u8       1 segment follows, 2 alert follows, 4 the segment is open, 8 guard follows (from version 2 on),
 *                       16 stuck pixels follow (from version 3 on)
 * sequence     varint   number of this write within its series
 * covers       varint   sequence - lowest sequence it stands for
 * firstLive    varint   sequence - lowest live sequence
 * count        varint   entries in this chunk
 * records      varint   records placed so far
 * pending      zigzag   records - answered
 * baseMs       zigzag   what the times below count from: the first entry's time
 * baseSlot     varint   what the slots below count from: the first entry's slot
 * frontier     zigzag   - baseSlot
 * finalBefore  zigzag   frontier - finalBefore
 * nextWindow   varint
 * lastMs       zigzag   - baseMs
 * streamMs     zigzag   - lastMs
 * segment      varint, zigzag               slot, ms
 * alert        varint windows, f32 median, f32 mad, zigzag streak, u8 raised, zigzag startMs, f32 peak, i32 modelHash
 * guard        varint evidence, u8 fallback, i32 modelHash, varint turns, turns × zigzag nextWindow - turn
 * stuck        varint pixels, per pixel, by rising place: varint place - the one after the pixel before, u8 frames
 * entries      count × entry, see {@link JournalEntries}
 * </pre>
 *
 * The key is {@code u8 kind (0 series without a key, 1 with), series key, u16 big-endian chunk index}.
 */
public final class SeriesChunkLayout {
    /** The newest version that is written and read. */
    public static final int VERSION = 3;

    private static final int OLDEST = 1;
    private static final int GUARDED = 2;

    private static final int SEGMENT = 1;
    private static final int ALERT = 2;
    private static final int OPEN = 4;
    private static final int GUARD = 8;
    private static final int STUCK = 16;

    private SeriesChunkLayout() {}

    /** Writes header and entries; {@code out} is emptied first. */
    public static byte[] encode(SeriesChunk chunk, JournalEntries entries, ByteWriter out) {
        SeriesChunk.Segment segment = chunk.segment();
        AlertState alert = chunk.alert();
        GuardState guard = chunk.guard();
        StuckEvidence stuck = chunk.stuck();
        boolean empty = chunk.count() == 0;
        long baseMs = empty ? chunk.lastMs() : entries.baseMs();
        long baseSlot = empty ? chunk.frontier() : entries.baseSlot();
        out.clear();
        out.u8(stuck != null ? VERSION : guard != null ? GUARDED : OLDEST);
        out.u8((segment == null ? 0 : SEGMENT)
                | (alert == null ? 0 : ALERT)
                | (chunk.open() ? OPEN : 0)
                | (guard == null ? 0 : GUARD)
                | (stuck == null ? 0 : STUCK));
        out.varint(chunk.sequence());
        out.varint(chunk.sequence() - chunk.covers());
        out.varint(chunk.sequence() - chunk.firstLive());
        out.varint(chunk.count());
        out.varint(chunk.records());
        out.zigzag(chunk.records() - chunk.answered());
        out.zigzag(baseMs);
        out.varint(baseSlot);
        out.zigzag(chunk.frontier() - baseSlot);
        out.zigzag(chunk.frontier() - chunk.finalBefore());
        out.varint(chunk.nextWindow());
        out.zigzag(chunk.lastMs() - baseMs);
        out.zigzag(chunk.streamMs() - chunk.lastMs());
        if (segment != null) {
            out.varint(segment.slot());
            out.zigzag(segment.ms());
        }
        if (alert != null) {
            write(alert, out);
        }
        if (guard != null) {
            write(guard, chunk.nextWindow(), out);
        }
        if (stuck != null) {
            write(stuck, out);
        }
        entries.writeTo(out);
        return out.toBytes();
    }

    private static void write(AlertState alert, ByteWriter out) {
        out.varint(alert.windows());
        out.f32(alert.median());
        out.f32(alert.mad());
        out.zigzag(alert.streak());
        out.u8(alert.raised() ? 1 : 0);
        out.zigzag(alert.startMs());
        out.f32(alert.peak());
        out.i32(alert.modelHash());
    }

    private static void write(GuardState guard, long nextWindow, ByteWriter out) {
        out.varint(guard.evidence());
        out.u8(guard.fallback() ? 1 : 0);
        out.i32(guard.modelHash());
        out.varint(guard.turns().size());
        for (long turn : guard.turns()) {
            out.zigzag(nextWindow - turn);
        }
    }

    private static GuardState readGuard(ByteReader in, long nextWindow) {
        int evidence = in.count();
        boolean fallback = in.u8() != 0;
        int modelHash = in.i32();
        List<Long> turns = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            turns.add(nextWindow - in.zigzag());
        }
        return new GuardState(evidence, fallback, modelHash, turns);
    }

    private static void write(StuckEvidence stuck, ByteWriter out) {
        out.varint(stuck.size());
        int next = 0;
        for (int i = 0; i < stuck.size(); i++) {
            out.varint(stuck.place(i) - next);
            out.u8(stuck.frames(i));
            next = stuck.place(i) + 1;
        }
    }

    private static StuckEvidence readStuck(ByteReader in) {
        int size = in.count();
        in.need(size);
        int[] places = new int[size];
        int[] frames = new int[size];
        int next = 0;
        for (int i = 0; i < size; i++) {
            places[i] = next + in.count();
            frames[i] = in.u8();
            next = places[i] + 1;
        }
        return StuckEvidence.owning(places, frames);
    }

    private static AlertState readAlert(ByteReader in) {
        return new AlertState(
                in.count(), in.f32(), in.f32(), (int) in.zigzag(), in.u8() != 0, in.zigzag(), in.f32(), in.i32());
    }

    /** A header, and the entries behind it. */
    public record Decoded(SeriesChunk chunk, JournalEntries.Reader entries) {}

    /**
     * Reads a value.
     *
     * @throws IllegalStateException if it is of a newer version or damaged
     */
    public static Decoded decode(byte[] value, JournalEntries.Shape shape) {
        ByteReader in = new ByteReader(value);
        int version = in.u8();
        if (version < OLDEST || version > VERSION) {
            throw new IllegalStateException("series state is of layout version " + version + ", this program knows "
                    + OLDEST + " to " + VERSION + "; run the program that wrote it, or reset the application");
        }
        int flags = in.u8();
        long sequence = in.varint();
        long covers = sequence - in.varint();
        long firstLive = sequence - in.varint();
        int count = in.count();
        long records = in.varint();
        long answered = records - in.zigzag();
        long baseMs = in.zigzag();
        long baseSlot = in.varint();
        long frontier = baseSlot + in.zigzag();
        long finalBefore = frontier - in.zigzag();
        long nextWindow = in.varint();
        long lastMs = baseMs + in.zigzag();
        long streamMs = lastMs + in.zigzag();
        SeriesChunk.Segment segment = (flags & SEGMENT) == 0 ? null : new SeriesChunk.Segment(in.varint(), in.zigzag());
        AlertState alert = (flags & ALERT) == 0 ? null : readAlert(in);
        GuardState guard = (flags & GUARD) == 0 ? null : readGuard(in, nextWindow);
        StuckEvidence stuck = (flags & STUCK) == 0 ? null : readStuck(in);
        SeriesChunk chunk = new SeriesChunk(
                sequence,
                covers,
                firstLive,
                records,
                count,
                answered,
                frontier,
                nextWindow,
                finalBefore,
                lastMs,
                streamMs,
                (flags & OPEN) != 0,
                segment,
                alert,
                guard,
                stuck);
        return new Decoded(chunk, new JournalEntries.Reader(in, shape, count, baseMs, baseSlot));
    }
}
