package dev.limpid.codec;

import dev.limpid.pipeline.SeriesHead;
import dev.limpid.score.AlertState;
import dev.limpid.score.GuardState;
import dev.limpid.signal.StuckEvidence;
import org.jspecify.annotations.Nullable;

/**
 * The header of one record of the series store: what {@link SeriesChunkLayout} writes before the journal entries.
 *
 * @param sequence number of the write within its series, rising by one
 * @param covers lowest sequence number it stands for: lower than {@code sequence} if it was merged from older chunks
 * @param firstLive lowest sequence number that was live when it was written; chunks below are stale
 * @param records number of records placed up to the end of this chunk
 * @param count number of entries in it: the records {@code [records - count, records)}
 * @param answered see {@link SeriesHead}; likewise {@code frontier}, {@code nextWindow}, {@code finalBefore},
 *     {@code lastMs} and {@code streamMs} (from {@link JournalEntries.Shape#baseMs} on), {@code open}
 * @param segment slot and time of the segment's first sample; null if an older live chunk has it unchanged
 * @param alert null if an older live chunk has it unchanged
 * @param guard likewise; null in all chunks is {@link GuardState#NEW}
 * @param stuck likewise; null in all chunks is {@link StuckEvidence#NONE}
 */
public record SeriesChunk(
        long sequence,
        long covers,
        long firstLive,
        long records,
        int count,
        long answered,
        long frontier,
        long nextWindow,
        long finalBefore,
        long lastMs,
        long streamMs,
        boolean open,
        @Nullable Segment segment,
        @Nullable AlertState alert,
        @Nullable GuardState guard,
        @Nullable StuckEvidence stuck) {

    /** Where a segment starts. */
    public record Segment(long slot, long ms) {
        public static Segment of(SeriesHead head) {
            return new Segment(head.segmentSlot(), head.segmentMs());
        }
    }

    /** The head as this chunk has it, with the parts that older chunks hold. */
    public SeriesHead head(
            Segment segment, AlertState alert, GuardState guard, StuckEvidence stuck, JournalEntries.Shape shape) {
        SeriesHead relative = head(segment, alert, guard, stuck, 0);
        return head(segment, alert, guard, stuck, shape.baseMs(relative));
    }

    private SeriesHead head(Segment segment, AlertState alert, GuardState guard, StuckEvidence stuck, long baseMs) {
        return new SeriesHead(
                segment.slot(),
                segment.ms(),
                open,
                frontier,
                nextWindow,
                finalBefore,
                baseMs + lastMs,
                baseMs + streamMs,
                records,
                answered,
                alert,
                guard,
                stuck);
    }
}
