package dev.limpid.train.corruption;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Rectangles taken away: of a frame in all its channels, as in context encoders (Pathak et al. 2016, CVPR); of a signal, a
 * stretch of time in adjacent channels, as in SpecAugment (Park et al. 2019, Interspeech).
 *
 * @param count how many
 * @param height of each: share of a frame's rows or of a signal's channels, at least one; drawn evenly
 * @param width of each: share of a frame's columns or of a signal's time, at least one; drawn evenly
 */
public record Patches(double chance, Range count, Range height, Range width, Hiding as) implements Disturbance {
    @Override
    public void strike(SpoiltWindow window, RandomGenerator random) {
        int patches = count.whole(random);
        int rows = window.frame() ? window.length / window.columns : window.channels;
        for (int patch = 0; patch < patches; patch++) {
            int high = (int) Math.max(1, Math.round(height.even(random) * rows));
            int wide = (int) Math.max(1, Math.round(width.even(random) * window.columns));
            int top = random.nextInt(rows - high + 1);
            int left = random.nextInt(window.columns - wide + 1);
            for (int row = top; row < top + high; row++) {
                if (window.frame()) {
                    for (int channel = 0; channel < window.channels; channel++) {
                        as.hide(window, channel, row * window.columns + left, wide);
                    }
                } else {
                    as.hide(window, row, left, wide);
                }
            }
        }
    }

    @Override
    public String phrase() {
        return count + " patches of " + height + " by " + width + " " + as.text();
    }

    @Override
    public List<String> problems() {
        return Limits.of(chance)
                .within("count", count, 1, 1000)
                .within("height", height, 0, 1)
                .within("width", width, 0, 1)
                .problems();
    }
}
