package dev.limpid.service;

import dev.limpid.kafka.InputTopic;
import dev.limpid.kafka.OffsetRange;
import dev.limpid.pipeline.PipelineSpec;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * A fair sample of the sessions that flowed, in memory that does not grow with the topic. Of a session that is longer than {@value #WINDOWS}
 * windows the parts count as sessions. Left out are those that raised alerts or were marked, and those that are not there as a whole:
 * begun before what is read, or not over at its end. Used once, by one thread.
 */
final class TopicSessions implements InputTopic.Visitor {
    private static final int WINDOWS = 16;
    /** Tokens kept at most: 64 MiB, and as much again of sessions that are not over. */
    private static final long MOST_TOKENS = 16L << 20;

    private static final int MOST_SESSIONS = 1 << 16;

    private final PipelineSpec spec;
    private final FairSample<TopicSession> sample;
    private final LeftOut leftOut;
    private final BooleanSupplier more;
    /** Partitions of which there was something before what is read. */
    private final Set<Integer> cut;

    private final Map<Integer, SessionPlace> places = new HashMap<>();
    private final Omitted omitted = new Omitted();
    private long tokens;

    /** Sessions that were found and not taken. Mutable. */
    static final class Omitted {
        /** Because they raised alerts, or were marked. */
        long leftOut;
        /** Because they are not there as a whole. */
        long inPart;
    }

    /**
     * Of what is read.
     *
     * @param spec with the ids of the vocabulary that it is read with
     * @param ranges those of a partition follow each other without a gap
     */
    TopicSessions(PipelineSpec spec, long seed, List<OffsetRange> ranges, LeftOut leftOut, BooleanSupplier more) {
        this.spec = spec;
        this.cut = ranges.stream().map(OffsetRange::partition).collect(Collectors.toCollection(HashSet::new));
        ranges.stream().filter(range -> range.from() == 0).forEach(range -> cut.remove(range.partition()));
        int most = (int) Math.max(1, Math.min(MOST_SESSIONS, MOST_TOKENS / longest(spec)));
        this.sample = new FairSample<>(most, most, seed, this::dropped);
        this.leftOut = leftOut;
        this.more = more;
    }

    /** Tokens of a part. */
    static int longest(PipelineSpec spec) {
        return WINDOWS * spec.window().length();
    }

    @Override
    public boolean wants(SeriesKey series) {
        return sample.wants(series);
    }

    @Override
    public void take(OffsetRange range, SeriesKey series, Block block) {
        tokens += block.length();
        places.computeIfAbsent(
                        range.partition(),
                        partition -> new SessionPlace(
                                spec, key -> leftOut.of(partition, key), sample, omitted, cut.contains(partition)))
                .take(range, series, block);
    }

    @Override
    public boolean more() {
        return more.getAsBoolean();
    }

    private void dropped(SeriesKey series) {
        places.values().forEach(place -> place.drop(series));
    }

    /** Tokens so far of series that had a place. */
    long tokens() {
        return tokens;
    }

    Omitted omitted() {
        return omitted;
    }

    /** Series that have a place in the sample. */
    int series() {
        return sample.series();
    }

    /**
     * What was found, in the order of time; ends the reading.
     *
     * @param nowMs when a series that has been silent for so long is not expected to go on; 0: only what ended by what was read
     */
    List<TopicSession> sessions(long nowMs) {
        places.values().forEach(place -> place.end(nowMs));
        places.clear();
        return sample.items().stream()
                .sorted(Comparator.comparingLong(TopicSession::startMs))
                .toList();
    }
}
