package dev.limpid.train.corruption;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Whole rows taken away: of a frame in all its channels, as a detector's broken readout lines are; of a signal, channels.
 *
 * @param count how many; at most as many as there are
 */
public record DeadRows(double chance, Range count, Hiding as) implements Disturbance {
    @Override
    public void strike(SpoiltWindow window, RandomGenerator random) {
        int rows = window.frame() ? window.length / window.columns : window.channels;
        for (int left = Math.min(rows, count.whole(random)); left > 0; left--) {
            int row = random.nextInt(rows);
            if (!window.frame()) {
                as.hide(window, row, 0, window.length);
                continue;
            }
            for (int channel = 0; channel < window.channels; channel++) {
                as.hide(window, channel, row * window.columns, window.columns);
            }
        }
    }

    @Override
    public String phrase() {
        return count + " dead rows, " + as.text();
    }

    @Override
    public List<String> problems() {
        return Limits.of(chance).within("count", count, 1, 1e6).problems();
    }
}
