package dev.limpid.kafka;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Ties the records of a poll into {@link Bundle}s: per partition, in order, each record in one bundle. */
final class Tying {
    private static final byte[] NOTHING = {};

    private Tying() {}

    /** One record per bundle; it has the offset of its first, so that a commit before it is processed repeats it as a whole. */
    static ConsumerRecords<byte[], byte[]> tie(ConsumerRecords<byte[], byte[]> records) {
        if (records.isEmpty()) {
            return records;
        }
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> tied = new LinkedHashMap<>();
        for (TopicPartition partition : records.partitions()) {
            tied.put(partition, tie(records.records(partition)));
        }
        return new ConsumerRecords<>(tied, records.nextOffsets());
    }

    private static List<ConsumerRecord<byte[], byte[]>> tie(List<ConsumerRecord<byte[], byte[]>> records) {
        List<ConsumerRecord<byte[], byte[]>> bundles = new ArrayList<>(records.size() / Bundle.MOST + 1);
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < records.size(); i++) {
            bytes += Math.max(0, records.get(i).serializedValueSize());
            if (i + 1 == records.size() || i + 1 - from == Bundle.MOST || bytes >= Bundle.CLOSED_AT_BYTES) {
                bundles.add(bundle(records.subList(from, i + 1), bytes));
                from = i + 1;
                bytes = 0;
            }
        }
        return bundles;
    }

    private static ConsumerRecord<byte[], byte[]> bundle(List<ConsumerRecord<byte[], byte[]>> records, int bytes) {
        ConsumerRecord<byte[], byte[]> first = records.get(0);
        long timestampMs = first.timestamp();
        int keyBytes = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            timestampMs = Math.max(timestampMs, record.timestamp());
            keyBytes += Math.max(0, record.serializedKeySize());
        }
        return new ConsumerRecord<>(
                first.topic(),
                first.partition(),
                first.offset(),
                timestampMs,
                first.timestampType(),
                keyBytes,
                bytes,
                null,
                NOTHING,
                new RecordHeaders(List.of(new Bundle<>(records))),
                first.leaderEpoch());
    }
}
