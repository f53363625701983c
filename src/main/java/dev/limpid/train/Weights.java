package dev.limpid.train;

import dev.limpid.train.Ops.Init;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Starting values of parameters: a function of seed, name and shape, so the same under every engine. */
final class Weights {
    private Weights() {}

    static float[] start(String name, Init init, int fanIn, int[] shape, long seed) {
        float[] values = new float[size(shape)];
        double bound = Math.sqrt(6.0 / fanIn) * (init == Init.SMALL ? 0.3 : 1);
        if (init != Init.ZEROS) {
            SplittableRandom random = new SplittableRandom(seed * 1_000_003L + name.hashCode());
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) ((random.nextDouble() * 2 - 1) * bound);
            }
        }
        return values;
    }

    static int size(int[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}
