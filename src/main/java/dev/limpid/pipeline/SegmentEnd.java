package dev.limpid.pipeline;

import dev.limpid.signal.Block;

/**
 * What ends a segment beside gaps, steps back and idleness: its end is in the data. It takes effect behind the record that holds it, for a
 * record is never in two segments.
 */
public sealed interface SegmentEnd {
    SegmentEnd GAPS = new Gaps();
    SegmentEnd RECORD = new EachRecord();

    /**
     * Whether a segment ends behind a record.
     *
     * @param samples of the segment, those of the record among them
     */
    boolean behind(Block record, long samples);

    /** Nothing. */
    record Gaps() implements SegmentEnd {
        @Override
        public boolean behind(Block record, long samples) {
            return false;
        }
    }

    /** Each record is a segment. */
    record EachRecord() implements SegmentEnd {
        @Override
        public boolean behind(Block record, long samples) {
            return true;
        }
    }

    /** A value of the first channel. */
    record Marker(float value) implements SegmentEnd {
        @Override
        public boolean behind(Block record, long samples) {
            for (int time = 0; time < record.length(); time++) {
                if (record.value(time, 0) == value) {
                    return true;
                }
            }
            return false;
        }
    }

    /** That many samples. */
    record Length(long most) implements SegmentEnd {
        @Override
        public boolean behind(Block record, long samples) {
            return samples >= most;
        }
    }
}
