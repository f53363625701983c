package dev.limpid.pipeline;

import dev.limpid.model.Denoiser;
import dev.limpid.model.FakeDenoiser;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.score.Alert;
import dev.limpid.score.AlertSpec;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import dev.limpid.signal.WindowSpec;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measures nanoseconds and bytes allocated per sample of {@link Pipeline#accept}: 1,000 series taking turns, single
 * samples, a model that costs nothing. Run by hand: {@code java -cp … dev.limpid.pipeline.HotPath}.
 */
final class HotPath {
    private static final int SERIES = 1_000;
    private static final int ROUNDS = 20_000;

    private HotPath() {}

    public static void main(String[] args) {
        Granularity[] all = args.length == 0 ? Granularity.values() : new Granularity[] {Granularity.valueOf(args[0])};
        for (Granularity granularity : all) {
            for (int round = 0; round < 3; round++) {
                measure(granularity);
            }
        }
    }

    private static void measure(Granularity granularity) {
        PipelineSpec spec = new PipelineSpec(
                List.of("v"),
                100,
                new WindowSpec(256, 64, 256),
                1_000,
                2_000,
                1_000_000,
                granularity,
                64,
                AlertSpec.DEFAULT);
        Sink sink = new Sink();
        Pipeline<byte[]> pipeline = new Pipeline<>(spec, new ModelSlot(new Free()), new MapStore<>(), sink);
        byte[][] keys = new byte[SERIES][];
        for (int s = 0; s < SERIES; s++) {
            keys[s] = ("sensor-" + s).getBytes(StandardCharsets.UTF_8);
        }
        Block block = new Block(1);
        byte[] record = new byte[0];
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long startNanos = threads.getCurrentThreadCpuTime();
        long startBytes = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            if (i == ROUNDS / 2) {
                startNanos = threads.getCurrentThreadCpuTime();
                startBytes = threads.getCurrentThreadAllocatedBytes();
            }
            for (int s = 0; s < SERIES; s++) {
                block.begin(1_000_000L + i * 10L);
                block.add(i % 17);
                pipeline.accept(SeriesKey.wrap(keys[s]), record, block);
            }
        }
        double samples = (double) SERIES * (ROUNDS - ROUNDS / 2);
        System.out.printf(
                "%s: %.1f ns, %.1f bytes per sample (%d left)%n",
                granularity,
                (threads.getCurrentThreadCpuTime() - startNanos) / samples,
                (threads.getCurrentThreadAllocatedBytes() - startBytes) / samples,
                sink.samples);
    }

    private static final class Free implements Denoiser {
        private final ModelSpec spec = FakeDenoiser.spec("free", "1", 1, 256, true);

        @Override
        public ModelSpec spec() {
            return spec;
        }

        @Override
        public void denoise(WindowBatch batch, int from, int to, Reconstruction out) {}

        @Override
        public void close() {}
    }

    private static final class MapStore<R> implements SeriesStore<R> {
        private final Map<SeriesKey, SeriesState<R>> series = new HashMap<>();

        @Override
        public @Nullable SeriesState<R> find(SeriesKey key) {
            return series.get(key);
        }

        @Override
        public void add(SeriesState<R> state) {
            series.put(state.key(), state);
        }

        @Override
        public void remove(SeriesState<R> state) {
            series.remove(state.key());
        }

        @Override
        public Collection<SeriesState<R>> all() {
            return series.values();
        }

        @Override
        public void placed(SeriesState<R> state, R record, Block block, long firstSlot, byte @Nullable [] passed) {}

        @Override
        public void changed(SeriesState<R> state) {}
    }

    private static final class Sink implements Emitter<byte[]> {
        private long samples;

        @Override
        public void record(SeriesKey series, byte[] record, CleanedBlock block) {
            samples += block.length();
        }

        @Override
        public void hop(SeriesKey series, CleanedBlock block) {
            samples += block.length();
        }

        @Override
        public void score(SeriesKey series, WindowScore score) {}

        @Override
        public void alert(SeriesKey series, Alert alert) {}

        @Override
        public void failed(SeriesKey series, FailedWindow window) {}
    }
}
