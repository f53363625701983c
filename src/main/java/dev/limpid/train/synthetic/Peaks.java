package dev.limpid.train.synthetic;

import dev.limpid.train.Draw;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Peaks of several forms and widths at random places, all upwards or both ways, as of spectra, traffic and partial discharges.
 *
 * @param most greatest number of peaks
 */
public record Peaks(int most) implements Family {
    private static final double UPWARDS = 0.6;
    private static final double NARROWEST = 0.7;
    private static final double WIDEST = 120;

    @Override
    public void draw(RandomGenerator random, float[] out) {
        Arrays.fill(out, 0f);
        int count = (int) Draw.logarithmic(random, 1, most + 1);
        boolean upwards = random.nextDouble() < UPWARDS;
        double typical = Draw.even(random, Math.log(0.8), Math.log(60));
        double spread = Draw.even(random, 0.1, 1);
        boolean alike = random.nextBoolean();
        Kernel kernel = Kernel.any(random);
        for (int i = 0; i < count; i++) {
            double width = Math.exp(typical + spread * random.nextGaussian());
            double height = Math.exp(0.6 * random.nextGaussian()) * (upwards || random.nextBoolean() ? 1 : -1);
            double middle = Draw.even(random, -20, out.length + 20);
            Kernel form = alike ? kernel : Kernel.any(random);
            form.add(middle, Math.max(NARROWEST, Math.min(WIDEST, width)), height, out);
        }
    }
}
