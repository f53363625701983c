package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class TyingTest {
    private static final TopicPartition FIRST = new TopicPartition("raw", 0);
    private static final TopicPartition SECOND = new TopicPartition("raw", 1);

    @Test
    void every_record_is_in_one_bundle_of_its_partition_in_order_and_a_bundle_begins_at_its_first_offset() {
        // Given
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> polled = new LinkedHashMap<>();
        polled.put(FIRST, records(FIRST, 1000, 700, 10));
        polled.put(SECOND, records(SECOND, 5, 7, 300_000));
        Map<TopicPartition, OffsetAndMetadata> next =
                Map.of(FIRST, new OffsetAndMetadata(1700), SECOND, new OffsetAndMetadata(12));

        // When
        ConsumerRecords<byte[], byte[]> tied = Tying.tie(new ConsumerRecords<>(polled, next));

        // Then
        assertThat(tied.nextOffsets()).isEqualTo(next);
        assertThat(tied.records(FIRST)).extracting(ConsumerRecord::offset).containsExactly(1000L, 1256L, 1512L);
        assertThat(tied.records(SECOND)).extracting(ConsumerRecord::offset).containsExactly(5L, 9L);
        for (TopicPartition partition : List.of(FIRST, SECOND)) {
            List<Object> untied = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : tied.records(partition)) {
                Bundle<?> bundle = Bundle.in(record.headers());
                assertThat(bundle).isNotNull();
                assertThat(record.timestamp())
                        .isEqualTo(record.offset() + bundle.records().size() - 1);
                untied.addAll(bundle.records());
            }
            assertThat(untied).isEqualTo(polled.get(partition));
        }
    }

    @Test
    void a_header_of_the_same_name_makes_no_bundle() {
        RecordHeaders headers = new RecordHeaders();
        headers.add(new Bundle<>(List.of()).key(), new byte[] {1});

        assertThat(Bundle.in(headers)).isNull();
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(
            TopicPartition partition, long offset, int count, int valueBytes) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(new ConsumerRecord<>(
                    partition.topic(),
                    partition.partition(),
                    offset + i,
                    offset + i,
                    TimestampType.CREATE_TIME,
                    0,
                    valueBytes,
                    new byte[0],
                    new byte[0],
                    new RecordHeaders(),
                    Optional.empty()));
        }
        return records;
    }
}
