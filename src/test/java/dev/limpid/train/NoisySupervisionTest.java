package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Two sensors, or noise recorded alone. */
class NoisySupervisionTest {
    private static final int LENGTH = 32;
    private static final Supervision.NoisierToNoise NOISIER = new Supervision.NoisierToNoise(1, OptionalDouble.empty());

    @Test
    void two_noisy_sensors_of_one_signal_teach_what_a_clean_one_would() throws Exception {
        // Given
        TrainSpec spec = BlindSpotTest.spec(1, 200, new Supervision.NoiseToNoise(List.of()));

        // When
        TrainedModel model = Trainer.train(Noisy.data(1, 2, 0.5), spec, TrainingListener.NONE);

        // Then
        assertThat(Noisy.gainDb(model, 0.5)).isGreaterThan(6);
        assertThat(model.metadata().channels()).hasSize(1);
        assertThat(model.metadata().inputs()).hasSize(1);
    }

    @Test
    void either_sensor_comes_in_and_the_other_is_the_target() {
        // Given: the second sensor is ten times the first
        float[] first = new float[4000];
        float[] second = new float[4000];
        for (int i = 0; i < first.length; i++) {
            first[i] = (float) Math.sin(i * 0.3);
            second[i] = 10 * first[i];
        }
        TrainingData data = new TrainingData(List.of(new Recording("pair.csv", "", List.of(first, second))), List.of());
        TrainSpec spec = BlindSpotTest.spec(1, 1, new Supervision.NoiseToNoise(List.of()))
                .with(Corruption.of(List.of()));
        TrainingBatch batch = new TrainingBatch(32, 1, LENGTH);

        // When
        Lessons.of(data, spec, Augmentation.DEFAULT, 1).fill(batch);

        // Then
        int forth = 0;
        for (int window = 0; window < batch.windows; window++) {
            int at = batch.at(window, 0) + 7;
            float ratio = batch.target[at] / batch.x[at];
            assertThat(ratio > 9 ? ratio / 10 : ratio * 10).isCloseTo(1, within(1e-3f));
            forth += ratio > 1 ? 1 : 0;
        }
        assertThat(forth).isBetween(8, 24);
    }

    @Test
    void both_sensors_get_the_same_level_lest_the_model_learn_to_take_it_away() {
        // Given: the second sensor is three times the first
        float[] first = new float[4000];
        float[] second = new float[4000];
        for (int i = 0; i < first.length; i++) {
            first[i] = i % 2 == 0 ? 1 : -1;
            second[i] = 3 * first[i];
        }
        TrainingData data = new TrainingData(List.of(new Recording("pair.csv", "", List.of(first, second))), List.of());
        TrainSpec spec = BlindSpotTest.spec(1, 1, new Supervision.NoiseToNoise(List.of()))
                .with(Corruption.of(List.of()));
        TrainingBatch batch = new TrainingBatch(8, 1, LENGTH);

        // When
        Lessons.of(data, spec, new Augmentation(1, 1, 1, 1, 0, 0, 2), 1).fill(batch);

        // Then
        float furthest = 0;
        for (int window = 0; window < batch.windows; window++) {
            int at = batch.at(window, 0);
            float level = (batch.x[at] + batch.x[at + 1]) / 2;
            assertThat((batch.target[at] + batch.target[at + 1]) / 2).isCloseTo(level, within(1e-5f));
            furthest = Math.max(furthest, Math.abs(level));
        }
        assertThat(furthest).isGreaterThan(0.5f);
    }

    @Test
    void further_noise_is_turned_with_the_window_lest_skewed_noise_be_another() {
        // Given: signal and noise that are never below zero, and half of the windows turned over
        float[] one = new float[4000];
        Arrays.fill(one, 1);
        TrainingData data = new TrainingData(
                List.of(new Recording("noisy.csv", "", List.of(one))),
                List.of(new Recording("alone.csv", "", List.of(one))));
        for (OptionalDouble snrDb : List.of(OptionalDouble.empty(), OptionalDouble.of(0))) {
            TrainSpec spec = BlindSpotTest.spec(1, 1, new Supervision.NoisierToNoise(1, snrDb))
                    .with(Corruption.of(List.of()));
            TrainingBatch batch = new TrainingBatch(32, 1, LENGTH);

            // When
            Lessons.of(data, spec, new Augmentation(1, 1, 1, 1, 0.5, 0, 0), 1).fill(batch);

            // Then: what is added has the sign of the window
            int turned = 0;
            for (int i = 0; i < batch.x.length; i++) {
                assertThat((batch.x[i] - batch.target[i]) * batch.x[i]).isPositive();
                turned += batch.x[i] < 0 ? 1 : 0;
            }
            assertThat(turned).isBetween(8 * LENGTH, 24 * LENGTH);
        }
    }

    @Test
    void noise_that_is_silent_in_one_part_cannot_be_scaled() {
        // Given: noise that ends before the held-out part
        float[] noise = walk(new SplittableRandom(1), 4000);
        Arrays.fill(noise, 3000, 4000, 0f);
        TrainingData data = new TrainingData(
                Noisy.data(1, 1, 0.5).clean(), List.of(new Recording("alone.csv", "", List.of(noise))));
        TrainSpec spec = BlindSpotTest.spec(1, 5, new Supervision.NoisierToNoise(1, OptionalDouble.of(6)));

        // Then
        assertThat(new NoisyData(data).noiseProblems(spec))
                .containsExactly("alone.csv, channel 0, is zero throughout the part to hold out,"
                        + " which train.supervision.snr-db cannot scale; give noise that goes on");
        assertThat(new NoisyData(data).noiseProblems(BlindSpotTest.spec(1, 5, NOISIER)))
                .isEmpty();
    }

    @Test
    void correlated_noise_is_taken_away_by_who_knows_it_alone_and_not_by_a_blind_spot() throws Exception {
        // Given: noise of which neighbours share nearly all
        SplittableRandom random = new SplittableRandom(8);
        float[] clean = Toy.data(1).clean().get(0).channels().get(0);
        float[] noisy = clean.clone();
        float[] walk = walk(random, noisy.length);
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] += walk[i];
        }
        List<Recording> signal = List.of(new Recording("noisy.csv", "ab", List.of(noisy)));
        List<Recording> alone = List.of(new Recording("alone.csv", "cd", List.of(walk(random, 4000))));
        float[] fresh = walk(random, 6400);

        // When
        TrainedModel knowing = Trainer.train(
                new TrainingData(signal, alone), BlindSpotTest.spec(1, 250, NOISIER), TrainingListener.NONE);
        TrainedModel blind = Trainer.train(
                new TrainingData(signal, List.of()),
                BlindSpotTest.spec(1, 250, Supervision.BlindSpot.DEFAULT),
                TrainingListener.NONE);

        // Then
        double gain = Noisy.gainDb(knowing, fresh);
        assertThat(gain).isGreaterThan(2);
        assertThat(gain).isGreaterThan(Noisy.gainDb(blind, fresh) + 1);
        assertThat(blind.metadata().metrics().get("noiseColour")).isGreaterThan(1.3);
        assertThat(knowing.metadata().training().data()).containsEntry("alone.csv", "cd");
    }

    @Test
    void input_and_target_hold_the_same_further_noise_with_opposite_signs() {
        // Given: nothing but further noise
        TrainingData data = new TrainingData(
                List.of(new Recording("zero.csv", "", List.of(new float[4000]))),
                List.of(new Recording("alone.csv", "", List.of(walk(new SplittableRandom(1), 4000)))));
        TrainSpec spec = BlindSpotTest.spec(1, 1, new Supervision.NoisierToNoise(0.5, OptionalDouble.empty()))
                .with(Corruption.of(List.of()));
        TrainingBatch batch = new TrainingBatch(4, 1, LENGTH);

        // When
        Lessons.of(data, spec, Augmentation.DEFAULT, 1).fill(batch);

        // Then: y + m / 2 and y - 2 m
        for (int i = 0; i < batch.x.length; i++) {
            assertThat(batch.target[i]).isCloseTo(-4 * batch.x[i], within(1e-5f));
        }
        assertThat(batch.noisePower(0)).isPositive();
    }

    @Test
    void noise_in_another_unit_is_scaled_to_the_ratio_that_the_definition_gives() {
        // Given: sines of power 1/2, of which noise at 0 dB is half
        float[] sine = new float[4000];
        float[] noise = new float[4000];
        for (int i = 0; i < sine.length; i++) {
            sine[i] = (float) Math.sin(i * 0.3);
            noise[i] = i % 2 == 0 ? 1000 : -1000;
        }
        TrainingData data = new TrainingData(
                List.of(new Recording("noisy.csv", "", List.of(sine))),
                List.of(new Recording("alone.csv", "", List.of(noise))));
        TrainSpec spec = BlindSpotTest.spec(1, 1, new Supervision.NoisierToNoise(1, OptionalDouble.of(0)))
                .with(Corruption.of(List.of()));
        TrainingBatch batch = new TrainingBatch(1, 1, LENGTH);

        // When
        Lessons.of(data, spec, Augmentation.NONE, 1).fill(batch);

        // Then
        for (int i = 0; i < LENGTH; i++) {
            assertThat(Math.abs(batch.x[i] - batch.target[i]) / 2).isCloseTo(0.5f, within(0.01f));
        }
    }

    @Test
    void what_is_missing_is_told() {
        assertThatThrownBy(() ->
                        Trainer.train(Noisy.data(1, 1, 0.5), BlindSpotTest.spec(1, 5, NOISIER), TrainingListener.NONE))
                .isInstanceOf(TrainingRefused.class)
                .hasMessageContaining("train.supervision noisier2noise needs recorded noise: --noise FILE");
        assertThatThrownBy(() -> Trainer.train(
                        Noisy.data(1, 1, 0.5),
                        BlindSpotTest.spec(1, 5, new Supervision.NoiseToNoise(List.of())),
                        TrainingListener.NONE))
                .isInstanceOf(TrainingRefused.class)
                .hasMessageContaining("noisy.csv has 1 channels, the model and its second sensor 2");
    }

    @Test
    void the_definition_has_words_for_each() {
        assertThat(supervision(Map.of("kind", "noise2noise", "second", List.of("b"))))
                .isEqualTo(new Supervision.NoiseToNoise(List.of("b")));
        assertThat(supervision("noise2noise")).isEqualTo(new Supervision.NoiseToNoise(List.of()));
        assertThat(supervision("noisier2noise")).isEqualTo(NOISIER);
        assertThat(supervision(Map.of("kind", "noisier2noise", "alpha", 0.5, "snr-db", 6)))
                .isEqualTo(new Supervision.NoisierToNoise(0.5, OptionalDouble.of(6)));
        assertThat(supervision("clean")).isEqualTo(new Supervision.Clean());
    }

    private static Supervision supervision(Object said) {
        TrainBlock.Read read =
                TrainBlock.read(Map.of("supervision", said), new TrainBlock.Target("toy", "1", List.of("c0"), LENGTH));
        assertThat(read.problems()).isEmpty();
        return read.spec().supervision();
    }

    private static float[] walk(SplittableRandom random, int length) {
        float[] walk = new float[length];
        for (int i = 1; i < length; i++) {
            walk[i] = (float) (walk[i - 1] * 0.9 + 0.3 * random.nextGaussian());
        }
        return walk;
    }
}
