package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class LevelTest {
    @Test
    void the_level_is_found_of_each_channel_and_whatever_is_missing() {
        float[] x = new float[2 * 512];
        float[] observed = new float[x.length];
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < x.length; i++) {
            observed[i] = i % 7 == 3 || i > 900 ? 0 : 1;
            double sigma = i < 512 ? 0.5 : 0.05;
            x[i] = observed[i] * (float) (100 + Math.sin(i * 0.02) + sigma * random.nextGaussian());
        }

        List<float[]> found = level(x, observed);

        assertThat(found.get(0)[0]).isCloseTo(0.5f, within(0.05f));
        assertThat(found.get(0)[1]).isCloseTo(0.05f, within(0.01f));
        assertThat(found.get(1)[0]).as("white").isCloseTo(0f, within(0.3f));
    }

    @Test
    void a_window_without_noise_or_without_neighbours_has_the_least_level() {
        float[] x = new float[2 * 512];
        float[] observed = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            // a step, all of it; then single samples
            observed[i] = i < 512 || i % 2 == 0 ? 1 : 0;
            x[i] = observed[i] * (i % 512 < 256 ? -1 : 1);
        }

        List<float[]> found = level(x, observed);

        assertThat(found.get(0)[0]).isCloseTo(1f / 64, within(1e-3f));
        assertThat(found.get(0)[1]).isCloseTo(1f / 64, within(1e-3f));
    }

    /** σ, colour. */
    private static List<float[]> level(float[] x, float[] observed) {
        try (TorchOps ops = TorchOps.seeded(1)) {
            List<float[]> found = new ArrayList<>();
            Torch.inferring(() -> {
                Level<Tensor> level = Level.of(ops, Torch.tensor(x, 1, 2, 512), Torch.tensor(observed, 1, 2, 512), 512);
                found.add(Torch.array(level.sigma()));
                found.add(Torch.array(level.colour()));
                return 0;
            });
            return found;
        }
    }
}
