package dev.limpid.kafka;

import dev.limpid.codec.ScoreReading;
import dev.limpid.definition.Definition;
import dev.limpid.signal.Block;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * What flows from now on: a pipeline's raw samples and its window scores, read_committed, without a group. Confined to one thread.
 */
public final class LiveTail implements AutoCloseable {
    /** As many as one {@link #poll} hands over at most. */
    public static final int MOST_RECORDS = ConsumerConfig.DEFAULT_MAX_POLL_RECORDS;

    private static final int WAIT_MS = 100;
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final Definition definition;
    private final Consumer<byte[], byte[]> reader;
    private final Map<Integer, InputDecoding> decodings = new HashMap<>();

    private LiveTail(Definition definition, Consumer<byte[], byte[]> reader) {
        this.definition = definition;
        this.reader = reader;
    }

    /** Hears what comes. */
    public interface Listener {
        /** The samples of one record; {@code block} is valid only during the call. */
        void samples(Block block);

        /**
         * The score of one window.
         *
         * @param model what made it, as {@link dev.limpid.model.ModelId} is written
         */
        void score(float score, String model);
    }

    /**
     * Begins at the end that the topics have now.
     *
     * @throws IllegalStateException if they cannot be read
     */
    public static LiveTail of(Definition definition) {
        Consumer<byte[], byte[]> reader;
        try {
            reader = ModelClients.of(definition).reader(WAIT_MS);
        } catch (KafkaException e) {
            throw new IllegalStateException("what flows cannot be read: " + ModelClients.reason(e), e);
        }
        try {
            List<TopicPartition> partitions = new ArrayList<>();
            List<String> topics = new ArrayList<>(List.of(definition.input().topic()));
            definition.output().scores().ifPresent(topics::add);
            for (String topic : topics) {
                reader.partitionsFor(topic, ANSWER)
                        .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
            }
            reader.assign(partitions);
            reader.seekToEnd(partitions);
            return new LiveTail(definition, reader);
        } catch (KafkaException e) {
            reader.close();
            throw new IllegalStateException("what flows cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Hands over what has come, and says how many records that were.
     *
     * @throws IllegalStateException if the topics cannot be read
     */
    public int poll(Duration wait, Listener to) {
        try {
            ConsumerRecords<byte[], byte[]> records = reader.poll(wait);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.topic().equals(definition.input().topic())) {
                    samples(record, to);
                } else {
                    ScoreReading.of(record.value()).ifPresent(read -> to.score(read.score(), read.model()));
                }
            }
            return records.count();
        } catch (KafkaException e) {
            throw new IllegalStateException("what flows cannot be read: " + e.getMessage(), e);
        }
    }

    private void samples(ConsumerRecord<byte[], byte[]> record, Listener to) {
        InputDecoding decoding = decodings.computeIfAbsent(
                record.partition(), partition -> new InputDecoding(definition, Limits.DEFAULT, partition));
        if (decoding.decode(record, Math.max(0, record.timestamp()), System.currentTimeMillis()) == null) {
            to.samples(decoding.block());
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
