package dev.limpid.service;

import dev.limpid.kafka.OffsetRange;
import dev.limpid.signal.SeriesKey;

/**
 * A session that flowed; of a very long one, a part.
 *
 * @param began what was read when its first record came, of the partition that it is of
 * @param ended likewise its last one
 * @param number its place among the sessions of the series
 * @param startMs when it began
 * @param ids its tokens by the vocabulary that it was read with; read only
 */
@SuppressWarnings("ArrayRecordComponent") // private to the package, never compared
record TopicSession(OffsetRange began, OffsetRange ended, SeriesKey series, long number, long startMs, int[] ids)
        implements FairSample.Item {}
