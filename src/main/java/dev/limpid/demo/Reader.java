package dev.limpid.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.limpid.codec.Decoder;
import dev.limpid.codec.Decoders;
import dev.limpid.codec.ShadowStatusLayout;
import dev.limpid.codec.StatusLayout;
import dev.limpid.codec.TrainerStatusLayout;
import dev.limpid.definition.Definition;
import dev.limpid.kafka.PipelineTopology;
import dev.limpid.pipeline.Quality;
import dev.limpid.signal.Block;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what the topology writes, as any other program would: a read_committed consumer of the cleaned, scores, alerts,
 * dead-letter and model status topics. One thread runs it; {@link #stop} from any.
 */
final class Reader implements Runnable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final byte[] ALL_CLEANED = "\"quality\":\"cleaned\"}}".getBytes(StandardCharsets.UTF_8);

    private final Definition definition;
    private final Ledger ledger;
    private final Findings findings;
    private final ModelWatch models;
    private final String bootstrapServers;
    private final long epochMs;
    private final Fleet fleet;
    private final ObjectMapper json = new ObjectMapper();
    private final Decoder decoder;
    private final Block block;
    private volatile boolean stopped;

    Reader(Definition definition, Fleet fleet, Books books, String bootstrapServers, long epochMs) {
        this.definition = definition;
        this.ledger = books.ledger();
        this.findings = books.findings();
        this.models = books.models();
        this.bootstrapServers = bootstrapServers;
        this.epochMs = epochMs;
        this.fleet = fleet;
        this.decoder = Decoders.of(definition.input(), definition.series());
        this.block = new Block(definition.input().channels().size());
    }

    @Override
    public void run() {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions(consumer);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!stopped) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    receive(record);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a record of the topology is no JSON: " + e.getMessage(), e);
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        List<String> topics = new ArrayList<>(
                List.of(definition.output().cleaned(), definition.output().deadLetters()));
        definition.output().scores().ifPresent(topics::add);
        definition.output().alerts().ifPresent(topics::add);
        definition.model().topic().ifPresent(topic -> topics.add(topic.status()));
        return topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    private void receive(ConsumerRecord<byte[], byte[]> record) throws IOException {
        if (record.topic().equals(definition.output().deadLetters())) {
            findings.deadLetter();
            return;
        }
        if (definition
                .model()
                .topic()
                .filter(topic -> topic.status().equals(record.topic()))
                .isPresent()) {
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (!TrainerStatusLayout.isKey(key) && !ShadowStatusLayout.isKey(key)) {
                models.told(StatusLayout.decode(record.value()));
            }
            return;
        }
        int sensor = fleet.indexOf(new String(record.key(), StandardCharsets.UTF_8));
        if (sensor < 0) {
            throw new IllegalStateException(record.topic() + " has a record of a series that was never sent");
        }
        if (record.topic().equals(definition.output().cleaned())) {
            cleaned(sensor, record);
        } else if (definition.output().scores().filter(record.topic()::equals).isPresent()) {
            JsonNode score = json.readTree(record.value());
            findings.score(sensor, score.path("score").floatValue());
        } else {
            JsonNode alert = json.readTree(record.value());
            long startMs = alert.path("start").longValue() - epochMs;
            long atMs = alert.path("at").longValue() - epochMs;
            findings.alert(sensor, alert.path("state").asText().equals("RAISED"), startMs, atMs);
        }
    }

    private void cleaned(int sensor, ConsumerRecord<byte[], byte[]> record) throws IOException {
        long now = System.nanoTime();
        String problem = decoder.decode(record.value(), record.timestamp(), block);
        if (problem != null) {
            throw new IllegalStateException("cleaned record of " + sensor + " does not decode: " + problem);
        }
        long startMs = block.timestampMs() - epochMs;
        Header model = record.headers().lastHeader(PipelineTopology.MODEL_HEADER);
        String name = model == null ? null : new String(model.value(), StandardCharsets.UTF_8);
        ModelWatch.Side side = models.record(sensor, name, startMs, now);
        ledger.answered(sensor, startMs, block, qualities(record.value()), side, now);
    }

    /** The quality of each sample: one for all, or an array; a record without stands as it came, passed through. */
    private List<Quality> qualities(byte[] value) throws IOException {
        if (endsWith(value, ALL_CLEANED)) {
            return Collections.nCopies(block.length(), Quality.CLEANED);
        }
        JsonNode quality = json.readTree(value).path("limpid").path("quality");
        if (quality.isArray()) {
            List<Quality> qualities = new ArrayList<>();
            quality.forEach(one -> qualities.add(quality(one.asText())));
            return qualities;
        }
        Quality all = quality.isMissingNode() ? Quality.MISSING : quality(quality.asText());
        return Collections.nCopies(block.length(), all);
    }

    private static Quality quality(String label) {
        return Quality.valueOf(label.toUpperCase(Locale.ROOT));
    }

    private static boolean endsWith(byte[] value, byte[] end) {
        return value.length >= end.length
                && Arrays.equals(value, value.length - end.length, value.length, end, 0, end.length);
    }

    /** Ends {@link #run} soon. */
    void stop() {
        stopped = true;
    }
}
