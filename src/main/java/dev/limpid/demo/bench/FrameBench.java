package dev.limpid.demo.bench;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.demo.ChildBroker;
import dev.limpid.demo.frames.DigitPen;
import dev.limpid.kafka.PipelineRunner;
import dev.limpid.kafka.Topics;
import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.onnx.Expected;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.onnx.Provider;
import dev.limpid.pipeline.Tally;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Frames through the whole topology, beside what ONNX Runtime does alone: one stream thread, one partition, float32, against one thread
 * at the batch that suits it best, one after the other in this process; the broker is in another. What counts of the topology is the
 * second half of its run.
 */
public final class FrameBench {
    private static final List<Integer> BATCHES = List.of(1, 4, 16, 64, 256);
    private static final int SERIES = 16;
    private static final int DIFFERENT = 256;

    private final Path home;
    private final double seconds;
    private final Consumer<String> log;

    /** @param home folder that holds {@code topology/frames.yaml} and its model */
    public FrameBench(Path home, double seconds, Consumer<String> log) {
        this.home = home;
        this.seconds = seconds;
        this.log = log;
    }

    /** Frames per second of either, and at which batch. */
    public record Result(double onnxRuntime, int batch, double topology) {
        public double ratio() {
            return topology / onnxRuntime;
        }
    }

    public Result run() throws ModelRefused, DenoiserException, InterruptedException {
        int batch = 1;
        double best = 0;
        for (int size : BATCHES) {
            double rate = alone(size);
            log.accept(String.format("ONNX Runtime alone, batch %d: %.0f frames/s", size, rate));
            if (rate > best) {
                best = rate;
                batch = size;
            }
        }
        double rate = topology(batch, best);
        return new Result(best, batch, rate);
    }

    private Definition definition(Map<String, String> variables) {
        return DefinitionLoader.load(home.resolve("topology/frames.yaml"), variables);
    }

    private ModelFile open(Definition definition) throws ModelRefused {
        return ModelFile.open(
                DefinitionLoader.modelFile(home.resolve("topology/frames.yaml"), definition),
                Provider.CPU,
                new Expected(
                        definition.pipeline(),
                        1,
                        definition.window().length(),
                        definition.maxWindows(),
                        definition.kind()));
    }

    private double alone(int size) throws ModelRefused, DenoiserException {
        Definition definition = definition(Map.of());
        int length = definition.window().length();
        WindowBatch batch = new WindowBatch(size, 1, length);
        Reconstruction out = new Reconstruction(size, 1, length);
        SplittableRandom random = new SplittableRandom(1);
        for (int window = 0; window < size; window++) {
            batch.x().put(batch.add() * length, noisy(random));
        }
        for (int i = 0; i < size * length; i++) {
            batch.observed().put(i, 1);
        }
        try (Denoiser denoiser = open(definition).denoiser()) {
            long warm = System.nanoTime() + (long) (seconds * 2e8);
            while (System.nanoTime() < warm) {
                denoiser.denoise(batch, 0, size, out);
            }
            long begun = System.nanoTime();
            long frames = 0;
            while (System.nanoTime() - begun < seconds * 5e8) {
                denoiser.denoise(batch, 0, size, out);
                frames += size;
            }
            return frames / ((System.nanoTime() - begun) / 1e9);
        }
    }

    private double topology(int batch, double expected) throws ModelRefused, InterruptedException {
        long frames = (long) (expected * seconds);
        try (ChildBroker broker = ChildBroker.start("512m")) {
            Definition definition = definition(Map.of(
                    "LIMPID_KAFKA_BOOTSTRAP_SERVERS",
                    broker.bootstrapServers(),
                    "LIMPID_INPUT_FORMAT",
                    "f32",
                    "LIMPID_BATCH_MAX_WINDOWS",
                    Integer.toString(batch),
                    "LIMPID_KAFKA_NUM_STREAM_THREADS",
                    "1"));
            try (Admin admin = Clients.admin(broker.bootstrapServers())) {
                new Topics(admin).create(definition, 1, Optional.of((short) 1));
            }
            fill(broker.bootstrapServers(), definition.input().topic(), frames);
            try (ModelSlot slot = new ModelSlot(open(definition).denoiser());
                    PipelineRunner runner = PipelineRunner.start(definition, slot, "bench")) {
                return secondHalf(runner, frames, definition.window().length());
            }
        }
    }

    private double secondHalf(PipelineRunner runner, long frames, int length) throws InterruptedException {
        long half = 0;
        long halfNanos = 0;
        for (long done = 0; done < frames; ) {
            if (runner.ended()) {
                throw new IllegalStateException("the topology ended early: it is " + runner.state());
            }
            TimeUnit.MILLISECONDS.sleep(20);
            done = runner.counts().sum(Tally::cleaned) / length;
            if (half == 0 && done >= frames / 2) {
                half = done;
                halfNanos = System.nanoTime();
            }
        }
        double rate = (frames - half) / ((System.nanoTime() - halfNanos) / 1e9);
        log.accept(String.format("the topology, %d frames: %.0f frames/s", frames, rate));
        return rate;
    }

    private static void fill(String bootstrap, String topic, long frames) {
        SplittableRandom random = new SplittableRandom(2);
        byte[][] values = new byte[DIFFERENT][];
        for (int i = 0; i < DIFFERENT; i++) {
            float[] frame = noisy(random);
            ByteBuffer value = ByteBuffer.allocate(frame.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            value.asFloatBuffer().put(frame);
            values[i] = value.array();
        }
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Clients.producer(bootstrap))) {
            for (long i = 0; i < frames; i++) {
                byte[] key = {(byte) (i % SERIES)};
                Future<RecordMetadata> unused =
                        producer.send(new ProducerRecord<>(topic, key, values[(int) (i % DIFFERENT)]));
            }
        }
    }

    private static float[] noisy(SplittableRandom random) {
        float[] frame = DigitPen.draw(random.nextInt(10), random);
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (float) Math.max(0, Math.min(1, frame[i] + 0.25 * random.nextGaussian()));
        }
        return frame;
    }
}
