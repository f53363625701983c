package dev.limpid.demo.frames;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.demo.ChildBroker;
import dev.limpid.kafka.PipelineRunner;
import dev.limpid.kafka.Topics;
import dev.limpid.model.ModelSlot;
import dev.limpid.onnx.Expected;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.onnx.Provider;
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
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The demo of frames: a broker in a child process, the topology of {@code topology/frames.yaml} in this one, cameras at one end and a
 * read_committed reader at the other, who knows the truth of each picture.
 */
public final class FrameDemo {
    private static final int PARTITIONS = 2;
    private static final int PER_SECOND = 200;
    private static final Duration DRAIN = Duration.ofSeconds(30);
    private static final String NUMBER = "n";

    private final Spec spec;
    private final Consumer<String> display;
    private final Camera camera;
    private long sent;

    private FrameDemo(Spec spec, Consumer<String> display) {
        this.spec = spec;
        this.display = display;
        this.camera = new Camera(spec.seed());
    }

    /**
     * What a run is to do.
     *
     * @param home folder that holds {@code topology/} and {@code models/}
     * @param state folder for the topology's state, empty
     * @param cameras number of series
     */
    public record Spec(Path home, Path state, Duration duration, long seed, int cameras) {}

    /**
     * Runs a demo to its end.
     *
     * @param display hears each second how it stands
     * @throws IllegalStateException if broker or topology fail
     */
    public static FrameSummary run(Spec spec, Consumer<String> display) throws InterruptedException {
        return new FrameDemo(spec, display).run();
    }

    private FrameSummary run() throws InterruptedException {
        try (ChildBroker broker = ChildBroker.start("512m")) {
            Path file = spec.home().resolve("topology/frames.yaml");
            Definition definition = DefinitionLoader.load(
                    file,
                    Map.of(
                            "LIMPID_KAFKA_BOOTSTRAP_SERVERS",
                            broker.bootstrapServers(),
                            "LIMPID_KAFKA_STATE_DIR",
                            spec.state().toString()));
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                new Topics(admin).create(definition, PARTITIONS, Optional.of((short) 1));
            }
            try (ModelSlot slot = new ModelSlot(open(file, definition).denoiser());
                    PipelineRunner runner = PipelineRunner.start(definition, slot, "demo")) {
                return flow(
                        definition,
                        runner,
                        broker.bootstrapServers(),
                        slot.spec().id().toString());
            }
        }
    }

    private static ModelFile open(Path file, Definition definition) {
        try {
            return ModelFile.open(
                    DefinitionLoader.modelFile(file, definition),
                    Provider.CPU,
                    Expected.of(
                            definition.pipeline(),
                            definition.input().channels(),
                            definition.window().length(),
                            definition.maxWindows(),
                            definition.kind()));
        } catch (ModelRefused e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Sends at a steady pace and reads what comes back, until all did or nothing more comes. */
    private FrameSummary flow(Definition definition, PipelineRunner runner, String bootstrap, String model)
            throws InterruptedException {
        FrameBooks books = new FrameBooks(definition, camera);
        long begun = System.nanoTime();
        long shown = 0;
        long moved = begun;
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrap, "linger.ms", 5),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
                KafkaConsumer<byte[], byte[]> consumer = consumer(definition, bootstrap)) {
            long end = begun + spec.duration().toNanos();
            for (long now = begun; now < end || books.answered() < sent; now = System.nanoTime()) {
                if (runner.ended()) {
                    throw new IllegalStateException("the topology ended early: it is " + runner.state());
                }
                if (now > Math.max(end, moved) + DRAIN.toNanos()) {
                    break;
                }
                if (now < end) {
                    send(producer, definition.input().topic(), (long) ((now - begun) / 1e9 * PER_SECOND));
                }
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(20))) {
                    receive(definition, books, record);
                    moved = now;
                }
                long second = TimeUnit.NANOSECONDS.toSeconds(now - begun);
                if (second > shown) {
                    shown = second;
                    display.accept(line(second, books));
                }
            }
        }
        return new FrameSummary(
                sent,
                books.cleaned(),
                books.deadLetters(),
                sent - books.answered(),
                books.wrong(),
                books.psnrInDb(),
                books.psnrOutDb(),
                model);
    }

    private String line(long second, FrameBooks books) {
        String stands = String.format("%3d s  sent %d  answered %d", second, sent, books.answered());
        return books.cleaned() == 0
                ? stands
                : stands
                        + String.format(
                                "  dead letters %d  PSNR %.1f dB in, %.1f dB out",
                                books.deadLetters(), books.psnrInDb(), books.psnrOutDb());
    }

    private void send(KafkaProducer<byte[], byte[]> producer, String topic, long until) {
        for (; sent < until; sent++) {
            byte[] key = ("camera-" + sent % spec.cameras()).getBytes(StandardCharsets.UTF_8);
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, camera.value(sent));
            record.headers()
                    .add(NUMBER, ByteBuffer.allocate(Long.BYTES).putLong(sent).array());
            Future<RecordMetadata> unused = producer.send(record);
        }
    }

    private static void receive(Definition definition, FrameBooks books, ConsumerRecord<byte[], byte[]> record) {
        long n = ByteBuffer.wrap(record.headers().lastHeader(NUMBER).value()).getLong();
        if (record.topic().equals(definition.output().cleaned())) {
            books.cleaned(n, record.value());
        } else {
            books.deadLetter(n);
        }
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
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic :
                List.of(definition.output().cleaned(), definition.output().deadLetters())) {
            consumer.partitionsFor(topic).forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }
}
