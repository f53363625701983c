package dev.limpid.demo.frames;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.model.ModelSlot;
import dev.limpid.onnx.Expected;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.Provider;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.Emitter;
import dev.limpid.pipeline.FailedWindow;
import dev.limpid.pipeline.MemoryStore;
import dev.limpid.pipeline.Pipeline;
import dev.limpid.pipeline.Quality;
import dev.limpid.score.Alert;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import dev.limpid.signal.StuckPixels;
import dev.limpid.signal.StuckRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What topology/frames.yaml makes of the demo's frames where the camera has a dead row and stuck pixels. */
class StuckCameraTest {
    private static final int SIDE = DigitPen.SIDE;
    private static final int PIXELS = SIDE * SIDE;
    private static final int AFTER = 30;
    private static final int DEAD_ROW = 11;
    /** Pixels stuck, one of them at the border, and what each shows. */
    private static final Map<Integer, Float> STUCK = Map.of(
            7 * SIDE + 9, 1f,
            8 * SIDE + 17, 0f,
            14 * SIDE + 13, 0f,
            15 * SIDE + 5, 0.9f,
            18 * SIDE + 16, 1f,
            18 * SIDE + 17, 1f,
            21 * SIDE + 12, 0f,
            27 * SIDE + 3, 1f);

    private final Camera camera = new Camera(5);

    /** Keeps what was cleaned, and which pixels the newest frame says were not the model's to see. */
    private static final class Cleaned implements Emitter<Integer> {
        final List<float[]> frames = new ArrayList<>();
        final List<Set<Integer>> imputed = new ArrayList<>();

        @Override
        public void record(SeriesKey series, Integer record, CleanedBlock block) {
            float[] frame = new float[block.length()];
            Set<Integer> missing = new TreeSet<>();
            for (int i = 0; i < frame.length; i++) {
                frame[i] = block.clean(i, 0);
                if (block.quality(i) == Quality.IMPUTED) {
                    missing.add(i);
                }
            }
            frames.add(frame);
            imputed.add(missing);
        }

        @Override
        public void hop(SeriesKey series, CleanedBlock block) {}

        @Override
        public void score(SeriesKey series, WindowScore score) {}

        @Override
        public void alert(SeriesKey series, Alert alert) {}

        @Override
        public void failed(SeriesKey series, FailedWindow window) {}
    }

    @Test
    void what_is_stuck_is_found_and_nothing_else_and_frames_are_cleaner_for_it() throws Exception {
        // Given
        int count = 600;
        LongFunction<float[]> broken = n -> broken(grainy(n));

        // When
        Cleaned masked = clean(", stuck-after: " + AFTER, broken, count);

        // Then
        Set<Integer> stuck = new TreeSet<>(STUCK.keySet());
        for (int column = 0; column < SIDE; column++) {
            stuck.add(DEAD_ROW * SIDE + column);
        }
        masked.imputed.forEach(found -> assertThat(stuck).containsAll(found));
        assertThat(masked.imputed.get(count / 2)).isEqualTo(stuck);
        double with = psnr(masked, count / 2);
        double without = psnr(clean("", broken, count), count / 2);
        double sound = psnr(clean("", this::grainy, count), count / 2);
        System.out.printf("dB: a sound camera %.1f, a broken one %.1f, its pixels masked %.1f%n", sound, without, with);
        assertThat(with).isGreaterThan(without + 5);
        assertThat(with).isGreaterThan(sound - 2);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"noisy", "clean", "still", "still and noisy"})
    void a_sound_camera_has_no_stuck_pixel(String scene) {
        // Given
        StuckPixels pixels = new StuckPixels(new StuckRule(SIDE, SIDE, AFTER), 1);
        float[] still = camera.truth(3);

        for (int n = 0; n < 5_000; n++) {
            // When
            pixels.see(
                    block(
                            switch (scene) {
                                case "noisy" -> camera.noisy(n);
                                case "clean" -> camera.truth(n);
                                case "still" -> still;
                                default -> noise(still, camera.noisy(n), camera.truth(n));
                            }),
                    true);

            // Then
            assertThat(pixels.map()).as("frame " + n).isNull();
        }
    }

    /** A digit with white noise. */
    private float[] grainy(long n) {
        RandomGenerator random = new SplittableRandom(n);
        float[] frame = camera.truth(n);
        for (int i = 0; i < PIXELS; i++) {
            frame[i] = (float) Math.max(0, Math.min(1, frame[i] + 0.25 * random.nextGaussian()));
        }
        return frame;
    }

    /** A still scene with another frame's noise. */
    private static float[] noise(float[] still, float[] noisy, float[] truth) {
        float[] frame = new float[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            frame[i] = Math.max(0, Math.min(1, still[i] + noisy[i] - truth[i]));
        }
        return frame;
    }

    private static float[] broken(float[] frame) {
        STUCK.forEach((pixel, value) -> frame[pixel] = value);
        for (int column = 0; column < SIDE; column++) {
            frame[DEAD_ROW * SIDE + column] = 1;
        }
        return frame;
    }

    private static Block block(float[] frame) {
        Block block = new Block(1);
        block.begin(0);
        block.add(frame, PIXELS);
        return block;
    }

    private static Cleaned clean(String key, LongFunction<float[]> frames, int count) throws Exception {
        Definition definition = definition(key);
        Cleaned cleaned = new Cleaned();
        ModelFile file = ModelFile.open(
                Path.of("models/frames.onnx"),
                Provider.CPU,
                Expected.of(
                        definition.pipeline(),
                        definition.input().channels(),
                        definition.window().length(),
                        definition.maxWindows(),
                        definition.kind()));
        try (ModelSlot slot = new ModelSlot(file.denoiser())) {
            Pipeline<Integer> pipeline = new Pipeline<>(definition.spec(), slot, new MemoryStore<>(), cleaned);
            for (int n = 0; n < count; n++) {
                pipeline.accept(SeriesKey.of("camera"), n, block(frames.apply(n)));
            }
            pipeline.flush();
        }
        return cleaned;
    }

    private static Definition definition(String key) throws IOException {
        String text = Files.readString(Path.of("topology/frames.yaml"));
        assertThat(text).contains("\n  width: 28\n");
        return DefinitionLoader.parse(
                "frames.yaml",
                text.replace("\n  width: 28\n", "\n  width: 28\n" + key.replace(", ", "  ") + "\n"),
                Map.of());
    }

    /** Of the second half of the frames, over all their pixels. */
    private double psnr(Cleaned cleaned, int from) {
        double square = 0;
        for (int n = from; n < cleaned.frames.size(); n++) {
            float[] truth = camera.truth(n);
            for (int i = 0; i < PIXELS; i++) {
                square += Math.pow(cleaned.frames.get(n)[i] - truth[i], 2);
            }
        }
        return -10 * Math.log10(square / (cleaned.frames.size() - from) / PIXELS);
    }
}
