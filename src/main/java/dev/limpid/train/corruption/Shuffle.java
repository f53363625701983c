package dev.limpid.train.corruption;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Samples out of order, none further than {@code reach} places from its own, the same in all channels: sorted by place plus a
 * number from 0 to {@code reach + 1}, as Lample et al. (2018, ICLR) shuffle words.
 *
 * @param reach samples; drawn evenly among the whole numbers
 */
public record Shuffle(double chance, Range reach) implements Disturbance {
    @Override
    public void strike(SpoiltWindow window, RandomGenerator random) {
        int most = reach.whole(random);
        double[] keys = new double[window.length];
        Integer[] order = new Integer[window.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = i + random.nextDouble() * (most + 1);
            order[i] = i;
        }
        Arrays.sort(order, (a, b) -> Double.compare(keys[a], keys[b]));
        for (int channel = 0; channel < window.channels; channel++) {
            int at = window.at(channel);
            float[] values = Arrays.copyOfRange(window.x, at, at + window.length);
            float[] seen = Arrays.copyOfRange(window.observed, at, at + window.length);
            for (int i = 0; i < window.length; i++) {
                window.x[at + i] = values[order[i]];
                window.observed[at + i] = seen[order[i]];
            }
        }
    }

    @Override
    public String phrase() {
        return "shuffled within " + reach + " samples";
    }

    @Override
    public List<String> problems() {
        return Limits.of(chance).within("reach", reach, 1, 1e6).problems();
    }
}
