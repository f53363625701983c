package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.limpid.signal.Floats;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class NoiseLevelTest {
    private static final int LENGTH = 512;
    private static final Autoencoder MODEL = new Autoencoder(
            new UNet(List.of(4, 6), 1),
            List.of("a"),
            LENGTH,
            Floats.of(0),
            Floats.of(1),
            Scaling.NOISE_LEVEL,
            Ends.DEFAULT);

    private final float[] x = new float[LENGTH];
    private final float[] observed = new float[LENGTH];

    NoiseLevelTest() {
        Arrays.fill(observed, 1f);
    }

    /** A slow sine of 10 and noise of {@code sigma} around {@code offset}. */
    private void signal(double sigma, double offset, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < LENGTH; i++) {
            x[i] = (float) (offset + 10 * Math.sin(i * 0.02) + sigma * random.nextGaussian());
        }
    }

    @Test
    void the_level_of_the_noise_is_found_under_a_signal() {
        double sum = 0;
        for (int seed = 0; seed < 20; seed++) {
            signal(0.5, 300, seed);
            sum += sigma();
        }
        assertThat(sum / 20).isCloseTo(0.5, within(0.03));
    }

    @Test
    void missing_samples_and_outliers_hardly_change_it() {
        double sum = 0;
        for (int seed = 0; seed < 20; seed++) {
            signal(0.5, 0, seed);
            for (int i = 0; i < LENGTH; i++) {
                observed[i] = i % 8 < 3 || i > 400 ? 0 : 1;
                x[i] = observed[i] == 0 ? 0 : i % 50 == 5 ? x[i] + 9 : x[i];
            }
            sum += sigma();
        }
        assertThat(sum / 20).isCloseTo(0.5, within(0.06));
    }

    @Test
    void a_clean_window_has_a_64th_of_its_deviation_from_the_median() {
        for (int i = 0; i < LENGTH; i++) {
            x[i] = i < 200 ? -1 : 1;
        }
        assertThat(sigma()).isCloseTo(1.25f / 64, within(1e-5f));
    }

    @Test
    void the_clean_window_follows_offset_and_gain_of_the_raw_one() {
        signal(0.5, 0, 1);
        observed[100] = 0;
        x[100] = 0;
        float[] clean = clean();
        for (int i = 0; i < LENGTH; i++) {
            x[i] = observed[i] * (-250 + 1000 * x[i]);
        }

        float[] other = clean();

        for (int i = 0; i < LENGTH; i++) {
            assertThat((other[i] + 250) / 1000).isCloseTo(clean[i], within(1e-3f));
        }
    }

    @Test
    void constant_and_empty_windows_stay_finite() {
        Arrays.fill(x, 21.5f);
        for (float value : clean()) {
            assertThat(value).isCloseTo(21.5f, within(1e-5f));
        }
        Arrays.fill(x, 0f);
        Arrays.fill(observed, 0f);
        for (float value : clean()) {
            assertThat(value).isCloseTo(0, within(1e-5f));
        }
        observed[7] = 1;
        x[7] = 3;
        for (float value : clean()) {
            assertThat(value).isCloseTo(3, within(1e-5f));
        }
    }

    private float sigma() {
        return run(cleaned -> cleaned.unit())[0];
    }

    private float[] clean() {
        return run(cleaned -> cleaned.clean());
    }

    private float[] run(Function<Autoencoder.Cleaned<Tensor>, Tensor> what) {
        try (TorchOps ops = TorchOps.seeded(3)) {
            return Torch.inferring(() -> Torch.array(what.apply(
                    MODEL.cleaned(ops, Torch.tensor(x, 1, 1, LENGTH), Torch.tensor(observed, 1, 1, LENGTH)))));
        }
    }
}
