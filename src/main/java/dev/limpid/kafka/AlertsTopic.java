package dev.limpid.kafka;

import dev.limpid.codec.AlertReading;
import dev.limpid.definition.Definition;
import dev.limpid.signal.SeriesKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/**
 * From when to when the series of a pipeline raised alerts, as its alerts topic says, read to its end: read_committed, without a group. The
 * memory it takes grows with the number of alerts.
 */
public final class AlertsTopic {
    private static final int WAIT_MS = 20;
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private AlertsTopic() {}

    /**
     * A stretch of time with an alert. Partitions of the alerts are those of the input.
     *
     * @param endMs inclusive; {@link Long#MAX_VALUE} if it was not cleared yet
     */
    public record Stretch(int partition, SeriesKey series, long startMs, long endMs) {}

    private record Place(int partition, SeriesKey series) {}

    /**
     * All that the topic still holds; nothing if alerts are switched off, or the topic is not there.
     *
     * @throws IllegalStateException if it cannot be read
     */
    public static List<Stretch> read(Definition definition) {
        if (definition.output().alerts().isEmpty()) {
            return List.of();
        }
        String topic = definition.output().alerts().get();
        List<Stretch> found = new ArrayList<>();
        Map<Place, Long> open = new HashMap<>();
        try (Consumer<byte[], byte[]> reader = ModelClients.of(definition).reader(WAIT_MS)) {
            for (PartitionInfo info : reader.partitionsFor(topic, ANSWER)) {
                TopicScan.scan(
                        reader, new TopicPartition(topic, info.partition()), record -> take(record, open, found));
            }
        } catch (KafkaException e) {
            throw new IllegalStateException("topic " + topic + " cannot be read: " + e.getMessage(), e);
        }
        open.forEach(
                (place, start) -> found.add(new Stretch(place.partition(), place.series(), start, Long.MAX_VALUE)));
        return found;
    }

    private static void take(ConsumerRecord<byte[], byte[]> record, Map<Place, Long> open, List<Stretch> found) {
        Place place = new Place(record.partition(), InputKeys.of(record.key()));
        AlertReading.of(record.value()).ifPresent(alert -> {
            Long before = open.remove(place);
            if (before != null && before != alert.startMs()) {
                // one that was forgotten with its series: another cannot be raised before it was over
                found.add(new Stretch(place.partition(), place.series(), before, alert.startMs()));
            }
            if (alert.raised()) {
                open.put(place, alert.startMs());
            } else {
                found.add(new Stretch(place.partition(), place.series(), alert.startMs(), alert.atMs()));
            }
        });
    }
}
