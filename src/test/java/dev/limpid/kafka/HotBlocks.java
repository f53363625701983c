package dev.limpid.kafka;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.model.Denoiser;
import dev.limpid.model.FakeDenoiser;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Measures nanoseconds and bytes allocated per block of 128 samples from the consumer's record to the producer's: decoding,
 * pipeline, encoding, state; 1,000 series taking turns, a commit per 8,000 blocks, a model that costs nothing. Run by hand:
 * {@code java -cp … dev.limpid.kafka.HotBlocks}.
 */
final class HotBlocks {
    private static final int SERIES = Integer.getInteger("series", 1_000);
    private static final int LENGTH = 128;
    private static final int ROUNDS = 2_000_000 / SERIES;

    private HotBlocks() {}

    public static void main(String[] args) {
        Definition definition = DefinitionLoader.parse(
                "hot",
                """
                pipeline: hot
                input: { topic: raw, format: f32, channels: [v], sample-rate-hz: 100 }
                window: { length: 128, hop: 128 }
                model: { name: bench, bundled: models/bench.onnx }
                batch: { max-windows: 256 }
                output: { cleaned: cleaned, scores: scores, granularity: hop }
                """,
                Map.of());
        for (int run = 0; run < (args.length == 0 ? 5 : Integer.parseInt(args[0])); run++) {
            measure(definition);
        }
    }

    private static void measure(Definition definition) {
        Wiring wiring = new Wiring(
                definition, new ModelSlot(new Free()), 256, Limits.DEFAULT, input -> false, new Counts(), true);
        Task task = new Task(wiring, 0, new MapStore());
        byte[][] keys = new byte[SERIES][];
        for (int s = 0; s < SERIES; s++) {
            keys[s] = ("sensor-" + s).getBytes(StandardCharsets.UTF_8);
        }
        float[] samples = new float[LENGTH];
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long startNanos = threads.getCurrentThreadCpuTime();
        long startBytes = threads.getCurrentThreadAllocatedBytes();
        long left = 0;
        for (int i = 0; i < ROUNDS; i++) {
            if (i == ROUNDS / 2) {
                startNanos = threads.getCurrentThreadCpuTime();
                startBytes = threads.getCurrentThreadAllocatedBytes();
            }
            long timeMs = 1_000_000L + i * 1280L;
            for (int s = 0; s < SERIES; s++) {
                samples[i % LENGTH] = s % 17;
                byte[] value = TestTopology.f32(samples);
                task.accept(new ConsumerRecord<>("raw", 0, i, keys[s], value), timeMs, timeMs);
                if (task.outbox().size() >= 512) {
                    left += task.outbox().size();
                    task.outbox().clear();
                }
            }
            if (i % 8 == 7) {
                task.flush(timeMs);
            }
        }
        double blocks = (double) SERIES * (ROUNDS - ROUNDS / 2);
        System.out.printf(
                "%.0f ns, %.0f bytes per block (%d left)%n",
                (threads.getCurrentThreadCpuTime() - startNanos) / blocks,
                (threads.getCurrentThreadAllocatedBytes() - startBytes) / blocks,
                left);
    }

    private static final class Free implements Denoiser {
        private final ModelSpec spec = FakeDenoiser.spec("free", "1", 1, LENGTH, true);

        @Override
        public ModelSpec spec() {
            return spec;
        }

        @Override
        public void denoise(WindowBatch batch, int from, int to, Reconstruction out) {}

        @Override
        public void close() {}
    }
}
