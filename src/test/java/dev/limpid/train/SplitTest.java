package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No stretch of a recording is both fitted on and held out, whatever the configuration and whatever is drawn. The recordings
 * count their samples, from below 0 up to it: what is fitted on must stay below, what is held out must not, and neither gain nor
 * interpolation nor two windows that pass over into each other change that.
 */
class SplitTest {
    private static final int BATCHES = 150;
    /** Of float32 in interpolation, in samples. */
    private static final float ROUNDING = 0.05f;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void windows_of_one_stretch_are_never_both_fitted_on_and_held_out(long seed) {
        // Given
        SplittableRandom random = new SplittableRandom(seed);
        TrainSpec spec = spec(random, seed);
        List<Recording> clean = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            int windows = (int) Math.ceil(3 / Math.min(spec.heldOut(), 1 - spec.heldOut())) + random.nextInt(40);
            int more = spec.frame().isPresent() ? 0 : random.nextInt(7);
            clean.add(counting("clean" + i, windows * spec.length() + more, spec));
        }
        TrainingData data = new TrainingData(clean, List.of());
        assertThat(data.problems(spec)).isEmpty();

        // When
        float[] fitted = reach(new BatchSource(data.head(spec.split()), spec, spec.augmentation(), seed + 2), spec);
        float[] kept = reach(new BatchSource(data.tail(spec.split()), spec, Augmentation.NONE, seed + 1), spec);

        // Then
        assertThat(fitted[1]).isLessThan(-0.5f * (float) spec.augmentation().gainLow());
        assertThat(kept[0]).isGreaterThan(-ROUNDING);
        // and both were looked through up to where they meet
        assertThat(fitted[1])
                .isGreaterThan(-3 * spec.length() * (float) spec.augmentation().gainHigh());
        assertThat(kept[0]).isLessThan(3 * spec.length());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void no_sample_of_recorded_noise_is_both_fitted_with_and_held_out(long seed) {
        // Given
        SplittableRandom random = new SplittableRandom(seed);
        TrainSpec spec = spec(random, seed);
        Recording noise = counting("noise", 1000 + random.nextInt(100), spec);
        TreeMap<String, List<Recording>> named = new TreeMap<>();
        named.put("named", List.of(counting("named", 1000 + random.nextInt(100), spec)));
        TrainingData data = new TrainingData(List.of(), List.of(noise), named);

        // When
        List<Recording> fitted = data.head(spec.split()).allNoise();
        List<Recording> kept = data.tail(spec.split()).allNoise();

        // Then
        for (int i = 0; i < fitted.size(); i++) {
            float[] before = fitted.get(i).channels().get(0);
            float[] after = kept.get(i).channels().get(0);
            assertThat(before[before.length - 1] + 1).isEqualTo(after[0]);
        }
    }

    private static TrainSpec spec(SplittableRandom random, long seed) {
        Optional<Frame> frame = seed % 3 == 0 ? Optional.of(new Frame(1, 4, 8)) : Optional.empty();
        boolean varied = frame.isEmpty() && random.nextBoolean();
        return new TrainSpec(
                "counting",
                "1",
                List.of("c"),
                "",
                32,
                Dense.DEFAULT,
                new Schedule(1, 16, 1e-3, 0, 1, 1),
                Corruption.of(List.of()),
                varied ? new Augmentation(0.5, 2, 0.7, 1.4, 0, 0.5, 0) : Augmentation.NONE,
                0.05 + 0.4 * random.nextDouble(),
                seed,
                Loss.DEFAULT,
                Ends.DEFAULT,
                frame);
    }

    /** 0 is the first sample that is held out. */
    private static Recording counting(String name, int samples, TrainSpec spec) {
        int place = spec.split().place(samples);
        float[] values = new float[samples];
        for (int i = 0; i < samples; i++) {
            values[i] = i - place;
        }
        return new Recording(name, "", List.of(values));
    }

    /** The least and the greatest value in any target. */
    private static float[] reach(BatchSource source, TrainSpec spec) {
        TrainingBatch batch = new TrainingBatch(spec.schedule().batch(), 1, spec.length());
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < BATCHES; i++) {
            source.fill(batch);
            for (float value : batch.target) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        return new float[] {low, high};
    }
}
