package dev.limpid.service;

import dev.limpid.codec.Decoders;
import dev.limpid.codec.TokenLearner;
import dev.limpid.definition.Definition;
import dev.limpid.kafka.AlertsTopic;
import dev.limpid.kafka.InputTopic;
import dev.limpid.kafka.OffsetRange;
import dev.limpid.model.Vocabulary;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import dev.limpid.train.tokens.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * What flowed on the input topic of a pipeline of tokens, as sessions to train on. The topic is read twice: by a vocabulary that begins with a
 * given one and goes on with whatever the first reading found.
 *
 * @param vocabulary the one that it was read with
 * @param found in the order of time
 * @param series of which something is there, or would be if a session of it were whole
 * @param leftOut sessions that were, because they raised alerts or were marked
 * @param inPart sessions that are not there as a whole
 * @param tokens that were read, of series that had a place in the sample
 * @param reading how many records were read, and how many of them the pipeline refuses, too
 * @param shortage for people: tokens that the vocabulary had no room for
 */
public record TopicTokens(
        Vocabulary vocabulary,
        List<TopicSession> found,
        int series,
        List<OffsetRange> ranges,
        long leftOut,
        long inPart,
        long tokens,
        InputTopic.Reading reading,
        Optional<String> shortage) {
    public TopicTokens {
        found = List.copyOf(found);
        ranges = List.copyOf(ranges);
    }

    /**
     * Reads all that is there but what raised alerts, if the definition has a topic of them, and what is marked.
     *
     * @param first what the vocabulary begins with
     * @param sinceMs records before that time are left out; 0: none
     * @throws IllegalStateException if a topic cannot be read
     */
    public static TopicTokens read(
            Definition definition, Vocabulary first, long seed, long sinceMs, long nowMs, List<LeftOut.Mark> marks) {
        try (InputTopic topic = InputTopic.of(definition)) {
            LeftOut leftOut = new LeftOut(AlertsTopic.read(definition), marks);
            return new Reader(topic, definition, leftOut, nowMs, () -> true)
                    .read(List.of(topic.ranges(sinceMs)), first, seed);
        }
    }

    /**
     * Reads a topic.
     *
     * @param more whether to go on
     */
    record Reader(InputTopic topic, Definition definition, LeftOut leftOut, long nowMs, BooleanSupplier more) {
        /** @param parts ranges that follow each other, those of a partition without a gap */
        TopicTokens read(List<List<OffsetRange>> parts, Vocabulary first, long seed) {
            TokenLearner learner = TokenLearner.of(definition.input().format(), first);
            Learning learning = new Learning(learner, new ArrayList<>(), more);
            parts.forEach(ranges ->
                    topic.read(ranges, nowMs, () -> Decoders.hearing(definition, learning.heard()::add), learning));
            Vocabulary vocabulary = learner.vocabulary();
            List<OffsetRange> all = parts.stream().flatMap(List::stream).toList();
            TopicSessions sessions = new TopicSessions(definition.spec(vocabulary), seed, all, leftOut, more);
            long records = 0;
            long refused = 0;
            for (List<OffsetRange> ranges : parts) {
                InputTopic.Reading reading =
                        topic.read(ranges, nowMs, () -> Decoders.of(definition, vocabulary), sessions);
                records += reading.records();
                refused += reading.refused();
            }
            return new TopicTokens(
                    vocabulary,
                    sessions.sessions(nowMs),
                    sessions.series(),
                    all,
                    sessions.omitted().leftOut,
                    sessions.omitted().inPart,
                    sessions.tokens(),
                    new InputTopic.Reading(records, refused),
                    learner.shortage());
        }
    }

    /**
     * Learns the tokens of records that the pipeline takes.
     *
     * @param heard those of the last record
     */
    private record Learning(TokenLearner learner, List<String> heard, BooleanSupplier goOn)
            implements InputTopic.Visitor {
        @Override
        public boolean wants(SeriesKey series) {
            heard.forEach(learner::learn);
            heard.clear();
            return false;
        }

        @Override
        public void refused() {
            heard.clear();
        }

        @Override
        public void take(OffsetRange range, SeriesKey series, Block block) {}

        @Override
        public boolean more() {
            return goOn.getAsBoolean();
        }
    }

    /**
     * All of them, in the vocabulary of what they hold.
     *
     * @param first what that begins with
     */
    public Sessions sessions(Vocabulary first) {
        return sessions(found, ranges, first);
    }

    /** Some of them, in the vocabulary that they were read with. */
    Sessions sessions(List<TopicSession> some) {
        return Sessions.of(
                new TreeMap<>(),
                vocabulary,
                some.stream().map(TopicSession::ids).toList());
    }

    /** Some of them, that come from some of the ranges. */
    Sessions sessions(List<TopicSession> some, List<OffsetRange> from, Vocabulary first) {
        SortedMap<String, String> offsets = new TreeMap<>();
        from.stream().filter(range -> range.length() > 0).forEach(range -> offsets.put(range.place(), range.text()));
        Sessions read = Sessions.of(
                offsets, vocabulary, some.stream().map(TopicSession::ids).toList());
        return read.in(read.counted(first));
    }

    /** For people: what was read. */
    public String told() {
        long partitions = ranges.stream().map(OffsetRange::place).distinct().count();
        return String.format(
                Locale.ROOT,
                "%d records of %d partitions, %d of them refused: %d sessions of %d series, %d tokens%s%s%s",
                reading.records(),
                partitions,
                reading.refused(),
                found.size(),
                series,
                found.stream().mapToLong(session -> session.ids().length).sum(),
                leftOut > 0 ? "; " + leftOut + " that raised alerts or were marked are left out" : "",
                inPart > 0 ? "; " + inPart + " that are not over, or began before, are left out" : "",
                shortage.map(words -> "; " + words).orElse(""));
    }
}
