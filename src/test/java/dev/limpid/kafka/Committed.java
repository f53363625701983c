package dev.limpid.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic as a read_committed consumer sees it, to its end. */
final class Committed {
    private Committed() {}

    /** All records, per partition in order. */
    static List<ConsumerRecord<byte[], byte[]>> read(String bootstrap, String topic) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", bootstrap, "isolation.level", "read_committed", "max.poll.records", "10000");
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** Per series, the numbers of the input records that the output records answer, in order. */
    static Map<String, List<Integer>> numbers(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, List<Integer>> numbers = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            String seq = new String(record.headers().lastHeader("seq").value(), StandardCharsets.UTF_8);
            numbers.computeIfAbsent(CrashFeed.name(record.key()), name -> new ArrayList<>())
                    .add(Integer.parseInt(seq));
        }
        return numbers;
    }

    /** Where two topics differ, per series in order: at most a few lines for people. */
    static List<String> differences(
            List<ConsumerRecord<byte[], byte[]>> actual, List<ConsumerRecord<byte[], byte[]>> wanted) {
        Map<String, List<String>> actualContents = contents(actual);
        Map<String, List<String>> wantedContents = contents(wanted);
        List<String> differences = new ArrayList<>();
        if (!actualContents.keySet().equals(wantedContents.keySet())) {
            differences.add("series " + actualContents.keySet() + " wanted " + wantedContents.keySet());
        }
        wantedContents.forEach((name, lines) -> {
            List<String> others = actualContents.getOrDefault(name, List.of());
            if (others.size() != lines.size()) {
                differences.add(name + " has " + others.size() + " records, wanted " + lines.size());
            }
            for (int i = 0; i < Math.min(lines.size(), others.size()) && differences.size() < 6; i++) {
                if (!lines.get(i).equals(others.get(i))) {
                    differences.add(
                            name + " record " + i + "\n  is     " + others.get(i) + "\n  wanted " + lines.get(i));
                }
            }
        });
        return differences;
    }

    /** Per series, everything that its output records say, in order. */
    private static Map<String, List<String>> contents(List<ConsumerRecord<byte[], byte[]>> records) {
        Map<String, List<String>> contents = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            StringBuilder text = new StringBuilder();
            text.append(record.partition())
                    .append(' ')
                    .append(record.timestamp())
                    .append(' ');
            for (Header header : record.headers()) {
                text.append(header.key()).append('=').append(new String(header.value(), StandardCharsets.UTF_8));
                text.append(' ');
            }
            text.append(HexFormat.of().formatHex(record.value()));
            contents.computeIfAbsent(CrashFeed.name(record.key()), name -> new ArrayList<>())
                    .add(text.toString());
        }
        return contents;
    }
}
