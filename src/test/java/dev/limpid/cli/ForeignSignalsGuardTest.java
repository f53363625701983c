package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.eval.DenoisingError;
import dev.limpid.model.ChannelSpec;
import dev.limpid.model.Denoiser;
import dev.limpid.model.ModelId;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.Provider;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.Emitter;
import dev.limpid.pipeline.FailedWindow;
import dev.limpid.pipeline.Granularity;
import dev.limpid.pipeline.MemoryStore;
import dev.limpid.pipeline.Pipeline;
import dev.limpid.pipeline.PipelineSpec;
import dev.limpid.score.Alert;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.BandPass;
import dev.limpid.signal.Block;
import dev.limpid.signal.Floats;
import dev.limpid.signal.SeriesKey;
import dev.limpid.signal.WindowBandPass;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Made-up signals that are no electrocardiogram, slow ones among them, in noise: models/ecg.onnx with the guard against the filter that stands in. */
class ForeignSignalsGuardTest {
    private static final BandPass FILTER = BandPass.of(0.5, 40, 2, 360);
    private static final int SAMPLES = 21_600;
    private static final int LENGTH = 512;
    private static final double MOST_BELOW_DB = 0.5;

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"breathing", "saw-tooth", "square", "random walk"})
    void it_is_cleaned_no_worse_than_by_the_filter(String kind) throws Exception {
        // Given
        Definition definition = DefinitionLoader.load(Path.of("topology/ecg.yaml"), Map.of());
        PipelineSpec hops = definition.spec().with(Granularity.HOP, 64);
        float[] truth = signal(kind);
        float[] raw = truth.clone();
        SplittableRandom random = new SplittableRandom(2);
        double wander = 0;
        for (int i = 0; i < raw.length; i++) {
            wander = 0.995 * wander + 0.03 * random.nextGaussian();
            raw[i] += (float) (wander + 0.3 * random.nextGaussian());
        }

        // When
        float[] guarded;
        float[] filtered = run(hops, new Filter(new WindowBandPass(FILTER, LENGTH)), raw);
        Denoiser model =
                ModelFile.open(Path.of("models/ecg.onnx"), Provider.CPU, 64).denoiser();
        guarded = run(hops.with(FILTER), model, raw);

        // Then
        assertThat(gain(truth, raw, guarded)).isGreaterThan(gain(truth, raw, filtered) - MOST_BELOW_DB);
    }

    /** One minute at 360 Hz, of deviation about 0.7. */
    private static float[] signal(String kind) {
        SplittableRandom random = new SplittableRandom(1);
        float[] values = new float[SAMPLES];
        double phase = 0;
        double walk = 0;
        for (int i = 0; i < SAMPLES; i++) {
            double hz =
                    switch (kind) {
                        case "breathing" -> 0.6;
                        case "saw-tooth" -> 1;
                        default -> 2;
                    };
            phase += hz * (1 + 0.2 * Math.sin(i / 5_000.0)) / 360;
            walk = 0.998 * walk + 0.045 * random.nextGaussian();
            values[i] = (float)
                    switch (kind) {
                        case "breathing" -> Math.sin(2 * Math.PI * phase);
                        case "saw-tooth" -> 2 * (phase - Math.floor(phase)) - 1;
                        case "square" -> 0.7 * Math.signum(Math.sin(2 * Math.PI * phase));
                        default -> walk;
                    };
        }
        return values;
    }

    private static double gain(float[] truth, float[] raw, float[] cleaned) {
        DenoisingError error = new DenoisingError();
        for (int i = LENGTH; i < truth.length - LENGTH; i++) {
            error.add(truth[i], raw[i], cleaned[i]);
        }
        return error.gainDb();
    }

    private static float[] run(PipelineSpec spec, Denoiser model, float[] raw) {
        Cleaned cleaned = new Cleaned(raw.length);
        try (ModelSlot slot = new ModelSlot(model)) {
            Pipeline<Object> pipeline = new Pipeline<>(spec, slot, new MemoryStore<>(), cleaned);
            Block block = new Block(1);
            block.begin(0);
            for (float value : raw) {
                block.add(value);
            }
            pipeline.accept(SeriesKey.of("s"), raw, block);
            pipeline.endAll();
            pipeline.flush();
        }
        return cleaned.values;
    }

    /** A model that is the filter. */
    private record Filter(WindowBandPass pass) implements Denoiser {
        @Override
        public ModelSpec spec() {
            return new ModelSpec(
                    new ModelId("filter", "1", "00"),
                    LENGTH,
                    List.of(new ChannelSpec("lead", "", 1f)),
                    true,
                    false,
                    Floats.of());
        }

        @Override
        public void denoise(WindowBatch batch, int from, int to, Reconstruction out) {
            float[] x = new float[LENGTH];
            float[] observed = new float[LENGTH];
            float[] clean = new float[LENGTH];
            for (int row = from; row < to; row++) {
                batch.x().get(row * LENGTH, x);
                batch.observed().get(row * LENGTH, observed);
                pass.filter(x, observed, 0, LENGTH, clean);
                out.clean().put(row * LENGTH, clean);
            }
        }

        @Override
        public void close() {}
    }

    private static final class Cleaned implements Emitter<Object> {
        private final float[] values;
        private int at;

        Cleaned(int length) {
            this.values = new float[length];
        }

        @Override
        public void hop(SeriesKey series, CleanedBlock block) {
            for (int i = 0; i < block.length() && at < values.length; i++) {
                values[at++] = block.clean(i, 0);
            }
        }

        @Override
        public void record(SeriesKey series, Object record, CleanedBlock block) {}

        @Override
        public void score(SeriesKey series, WindowScore score) {}

        @Override
        public void alert(SeriesKey series, Alert alert) {}

        @Override
        public void failed(SeriesKey series, FailedWindow window) {}
    }
}
