package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.signal.Block;
import dev.limpid.signal.StuckPixels;
import dev.limpid.signal.StuckRule;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Handwritten digits, clean and spoilt, with their border that is always black: no sensor is broken there. */
class MnistStuckPixelsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "mnist_t10k_first8000", "mnist_test_noisy_gauss0.25", "mnist_test_noisy_gauss0.5",
                "mnist_test_noisy_mask0.25", "mnist_test_noisy_mask0.5", "mnist_test_noisy_patch8"
            })
    void no_pixel_is_stuck(String file) throws Exception {
        StuckPixels found = new StuckPixels(new StuckRule(Mnist.SIDE, Mnist.SIDE, 10), 1);
        for (float[] frame : Mnist.rows(file + ".csv.gz")) {
            Block block = new Block(1);
            block.begin(0);
            // a label may stand before the pixels
            int pixels = Mnist.SIDE * Mnist.SIDE;
            block.add(Arrays.copyOfRange(frame, frame.length - pixels, frame.length), pixels);
            found.see(block, true);
            assertThat(found.map()).isNull();
        }
    }
}
