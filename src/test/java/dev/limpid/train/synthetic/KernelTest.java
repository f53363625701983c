package dev.limpid.train.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KernelTest {
    @ParameterizedTest
    @EnumSource
    void a_peak_is_as_high_as_asked_and_ends_within_its_reach(Kernel kernel) {
        float[] out = new float[4000];
        kernel.add(2000, 10, 3, out);

        float highest = 0;
        for (float value : out) {
            highest = Math.max(highest, Math.abs(value));
        }
        assertThat(highest).isCloseTo(3, within(0.01f));
        // the widest is cut where it has fallen to 1 / 3600
        assertThat(out[2000 - 601]).isZero();
        assertThat(out[2000 + 601]).isZero();
        int first = 0;
        while (out[first] == 0) {
            first++;
        }
        int last = out.length - 1;
        while (out[last] == 0) {
            last--;
        }
        // a triangle's slope from one sample to the next is a twentieth of its height
        assertThat(Math.max(Math.abs(out[first]), Math.abs(out[last])))
                .as("where it is cut")
                .isLessThan(0.16f);
    }
}
