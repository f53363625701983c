package dev.limpid.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads a topic's only partition from its beginning to the end that it has now. */
final class TopicScan {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration STALLED = Duration.ofSeconds(30);

    private TopicScan() {}

    /**
     * Hands every record over, in order.
     *
     * @throws IllegalStateException if nothing comes for half a minute
     */
    static void scan(
            Consumer<byte[], byte[]> reader,
            TopicPartition partition,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
        reader.assign(List.of(partition));
        Map<TopicPartition, Long> ends = reader.endOffsets(List.of(partition), STALLED);
        long end = ends.getOrDefault(partition, 0L);
        reader.seekToBeginning(List.of(partition));
        long reached = reader.position(partition, STALLED);
        long deadline = System.nanoTime() + STALLED.toNanos();
        while (reached < end) {
            reader.poll(POLL).forEach(each);
            long position = reader.position(partition, STALLED);
            if (position > reached) {
                deadline = System.nanoTime() + STALLED.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new IllegalStateException("reading " + partition.topic() + " stands still at " + reached + " of "
                        + end + "; is its leader there?");
            }
            reached = position;
        }
    }
}
