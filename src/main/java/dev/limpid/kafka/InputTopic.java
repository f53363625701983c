package dev.limpid.kafka;

import dev.limpid.codec.Decoder;
import dev.limpid.codec.Decoders;
import dev.limpid.definition.Definition;
import dev.limpid.model.Vocabulary;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The input topic of a pipeline, for whoever reads what flowed: without a group, read_committed, decoded as the pipeline does. Confined
 * to one thread.
 */
public final class InputTopic implements AutoCloseable {
    private static final int WAIT_MS = 100;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration STALLED = Duration.ofSeconds(30);

    private final Definition definition;
    private final String topic;
    private final Consumer<byte[], byte[]> reader;

    private InputTopic(Definition definition, String topic, Consumer<byte[], byte[]> reader) {
        this.definition = definition;
        this.topic = topic;
        this.reader = reader;
    }

    /**
     * The input topic of {@code definition}.
     *
     * @throws IllegalStateException if the brokers' names cannot be resolved
     */
    public static InputTopic of(Definition definition) {
        return of(definition, definition.input().topic());
    }

    /**
     * Another topic, whose records are like those of the input topic.
     *
     * @throws IllegalStateException as the other
     */
    public static InputTopic of(Definition definition, String topic) {
        try {
            return new InputTopic(definition, topic, ModelClients.of(definition).reader(WAIT_MS));
        } catch (KafkaException e) {
            throw new IllegalStateException("topic " + topic + " cannot be read: " + ModelClients.reason(e), e);
        }
    }

    /** Takes what is read. */
    public interface Visitor {
        /** Whether records of a series are worth handing over. */
        boolean wants(SeriesKey series);

        /** The samples of one record; {@code block} is valid only during the call. */
        void take(OffsetRange range, SeriesKey series, Block block);

        /** The last record is one that the pipeline would not take. */
        default void refused() {}

        /** Whether to go on. */
        default boolean more() {
            return true;
        }
    }

    /**
     * What a reading came to.
     *
     * @param refused records that the pipeline would not take
     */
    public record Reading(long records, long refused) {}

    /**
     * What is there now, by partition.
     *
     * @param sinceMs records before that time are left out, as the broker finds them by their timestamps; 0: all are there
     * @throws IllegalStateException if the topic is not there or the cluster does not answer
     */
    public List<OffsetRange> ranges(long sinceMs) {
        try {
            List<TopicPartition> partitions = reader.partitionsFor(topic, STALLED).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .sorted(Comparator.comparingInt(TopicPartition::partition))
                    .toList();
            if (partitions.isEmpty()) {
                throw new IllegalStateException("topic " + topic + " is not there; limpid topics create makes it");
            }
            reader.assign(partitions); // or it warns that it is not asked for what it is asked for
            Map<TopicPartition, Long> begins = reader.beginningOffsets(partitions, STALLED);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions, STALLED);
            Map<TopicPartition, Long> times = new HashMap<>();
            partitions.forEach(partition -> times.put(partition, sinceMs));
            Map<TopicPartition, OffsetAndTimestamp> since =
                    sinceMs > 0 ? reader.offsetsForTimes(times, STALLED) : Map.of();
            List<OffsetRange> ranges = new ArrayList<>();
            for (TopicPartition partition : partitions) {
                long end = ends.getOrDefault(partition, 0L);
                OffsetAndTimestamp first = since.get(partition);
                long from = sinceMs <= 0
                        ? begins.getOrDefault(partition, 0L)
                        : first == null ? end : Math.min(first.offset(), end);
                ranges.add(new OffsetRange(topic, partition.partition(), from, end));
            }
            return ranges;
        } catch (KafkaException e) {
            throw new IllegalStateException("topic " + topic + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Reads these offsets, each partition in order, and hands over what the pipeline would take.
     *
     * @param nowMs the time by which a record is too far ahead
     * @throws IllegalStateException if nothing comes for half a minute
     */
    public Reading read(List<OffsetRange> ranges, long nowMs, Visitor visitor) {
        return read(ranges, nowMs, () -> Decoders.of(definition, Vocabulary.EMPTY), visitor);
    }

    /**
     * The same by other decoders than those of a pipeline without a vocabulary.
     *
     * @param decoders gives one for each partition
     */
    public Reading read(List<OffsetRange> ranges, long nowMs, Supplier<Decoder> decoders, Visitor visitor) {
        Map<TopicPartition, Open> open = new HashMap<>();
        for (OffsetRange range : ranges) {
            if (range.length() > 0) {
                TopicPartition partition = new TopicPartition(range.topic(), range.partition());
                InputDecoding decoding =
                        new InputDecoding(definition, decoders.get(), Limits.DEFAULT, range.partition());
                open.put(partition, new Open(range, decoding));
            }
        }
        long[] counts = new long[2];
        try {
            reader.assign(open.keySet());
            open.forEach((partition, each) -> reader.seek(partition, each.range.from()));
            long deadline = System.nanoTime() + STALLED.toNanos();
            while (!open.isEmpty() && visitor.more()) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    deadline = System.nanoTime() + STALLED.toNanos();
                    Open of = open.get(new TopicPartition(record.topic(), record.partition()));
                    if (of != null && record.offset() < of.range.to()) {
                        counts[0]++;
                        counts[1] += take(record, of, nowMs, visitor) ? 0 : 1;
                    }
                }
                boolean done = open.entrySet()
                        .removeIf(each -> reader.position(each.getKey(), STALLED)
                                >= each.getValue().range.to());
                if (done) {
                    reader.assign(List.copyOf(open.keySet()));
                } else if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("reading " + topic + " stands still; is its" + " leader there?");
                }
            }
            return new Reading(counts[0], counts[1]);
        } catch (KafkaException e) {
            throw new IllegalStateException("topic " + topic + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** A partition that is not read to the end of its range yet. */
    private record Open(OffsetRange range, InputDecoding decoding) {}

    private static boolean take(ConsumerRecord<byte[], byte[]> record, Open of, long nowMs, Visitor visitor) {
        InputDecoding decoding = of.decoding;
        if (decoding.decode(record, Math.max(0, record.timestamp()), nowMs) != null || decoding.keyProblem() != null) {
            visitor.refused();
            return false;
        }
        if (visitor.wants(decoding.series())) {
            visitor.take(of.range, decoding.series(), decoding.block());
        }
        return true;
    }

    @Override
    public void close() {
        reader.close();
    }
}
