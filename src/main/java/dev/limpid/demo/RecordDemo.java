package dev.limpid.demo;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.kafka.PipelineRunner;
import dev.limpid.kafka.Topics;
import dev.limpid.kafka.WantedModel;
import dev.limpid.model.ModelSlot;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.ModelRefused;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A demo in which each record is answered by one: a broker in a child process, a topology in this one, a feed at one end and a
 * read_committed reader with its books at the other. Used once, by one thread.
 */
public final class RecordDemo {
    private static final int PARTITIONS = 2;
    private static final Duration DRAIN = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration LAST_POLL = Duration.ofMillis(500);
    private static final String NUMBER = "n";

    private final Spec spec;
    private final Feed feed;
    private final Books books;
    private final Consumer<String> display;
    private long sent;

    /** @param display hears each second how it stands */
    public RecordDemo(Spec spec, Feed feed, Books books, Consumer<String> display) {
        this.spec = spec;
        this.feed = feed;
        this.books = books;
        this.display = display;
    }

    /**
     * What a run is to do.
     *
     * @param topology the pipeline's definition
     * @param state folder for the topology's state, empty
     * @param duration how long the feed sends
     * @param perSecond records that it sends
     */
    public record Spec(Path topology, Path state, Duration duration, int perSecond) {}

    /** What is sent: asked for record after record. */
    public interface Feed {
        String key(long n);

        byte[] value(long n);

        /** So many records there must be, once {@code sent} are, for nothing to be left in the middle. Asked once, at the end. */
        default long end(long sent) {
            return sent;
        }
    }

    /** What is told of what comes back. */
    public interface Books {
        /**
         * A cleaned record.
         *
         * @param n the number of the record that it answers; likewise for {@link #deadLetter}
         */
        void cleaned(long n, byte @Nullable [] value);

        void deadLetter(long n);

        /** A record of the topic of alerts. */
        void alert(String key, byte @Nullable [] value);

        /** Records that were answered. */
        long answered();

        /** How it stands, for people. */
        String line();
    }

    /**
     * How it ended.
     *
     * @param sent records
     * @param model that ran
     */
    public record Outcome(long sent, String model) {}

    /**
     * Runs it to its end.
     *
     * @throws IllegalStateException if broker or topology fail
     */
    public Outcome run() throws InterruptedException {
        try (ChildBroker broker = ChildBroker.start("512m")) {
            Definition definition = DefinitionLoader.load(
                    spec.topology(),
                    Map.of(
                            "LIMPID_KAFKA_BOOTSTRAP_SERVERS",
                            broker.bootstrapServers(),
                            "LIMPID_KAFKA_STATE_DIR",
                            spec.state().toString()));
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                new Topics(admin).create(definition, PARTITIONS, Optional.of((short) 1));
            }
            try (ModelSlot slot = new ModelSlot(open(definition).denoiser());
                    PipelineRunner runner = PipelineRunner.start(definition, slot, "demo")) {
                flow(definition, runner, broker.bootstrapServers());
                return new Outcome(sent, slot.spec().id().toString());
            }
        }
    }

    private ModelFile open(Definition definition) {
        try {
            return ModelFile.open(
                    DefinitionLoader.modelFile(spec.topology(), definition),
                    WantedModel.provider(definition),
                    WantedModel.of(definition));
        } catch (ModelRefused e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Sends at a steady pace and reads what comes back, until all did or nothing more comes. */
    private void flow(Definition definition, PipelineRunner runner, String bootstrap) throws InterruptedException {
        long begun = System.nanoTime();
        long shown = 0;
        long moved = begun;
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrap, "linger.ms", 5),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
                KafkaConsumer<byte[], byte[]> consumer = consumer(definition, bootstrap)) {
            long end = begun + spec.duration().toNanos();
            boolean ended = false;
            for (long now = begun; !ended || books.answered() < sent; now = System.nanoTime()) {
                if (runner.ended()) {
                    throw new IllegalStateException("the topology ended early: it is " + runner.state());
                }
                if (now > Math.max(end, moved) + DRAIN.toNanos()) {
                    break;
                }
                if (now < end) {
                    send(producer, definition.input().topic(), (long) ((now - begun) / 1e9 * spec.perSecond()));
                } else if (!ended) {
                    send(producer, definition.input().topic(), feed.end(sent));
                    ended = true;
                }
                if (receive(definition, consumer.poll(POLL))) {
                    moved = now;
                }
                long second = TimeUnit.NANOSECONDS.toSeconds(now - begun);
                if (second > shown) {
                    shown = second;
                    display.accept(String.format(
                            "%3d s  sent %d  answered %d%s", second, sent, books.answered(), books.line()));
                }
            }
            // alerts are committed with the answers that they belong to, and may be read after them
            boolean more;
            do {
                more = receive(definition, consumer.poll(LAST_POLL));
            } while (more);
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, String topic, long until) {
        for (; sent < until; sent++) {
            byte[] key = feed.key(sent).getBytes(StandardCharsets.UTF_8);
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, feed.value(sent));
            record.headers()
                    .add(NUMBER, ByteBuffer.allocate(Long.BYTES).putLong(sent).array());
            Future<RecordMetadata> unused = producer.send(record);
        }
    }

    private boolean receive(Definition definition, ConsumerRecords<byte[], byte[]> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.topic().equals(definition.output().cleaned())) {
                books.cleaned(number(record), record.value());
            } else if (record.topic().equals(definition.output().deadLetters())) {
                books.deadLetter(number(record));
            } else {
                books.alert(new String(record.key(), StandardCharsets.UTF_8), record.value());
            }
        }
        return !records.isEmpty();
    }

    private static long number(ConsumerRecord<byte[], byte[]> record) {
        return ByteBuffer.wrap(record.headers().lastHeader(NUMBER).value()).getLong();
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Definition definition, String bootstrap) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<String> topics = new ArrayList<>(
                List.of(definition.output().cleaned(), definition.output().deadLetters()));
        definition.output().alerts().ifPresent(topics::add);
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            consumer.partitionsFor(topic).forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }
}
