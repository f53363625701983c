package dev.limpid.train.corruption;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Stretches taken away from all channels at once, as records lost on their way: span masking as in SpanBERT (Joshi et al. 2020,
 * TACL 8), with lengths drawn evenly.
 *
 * @param count how many
 * @param share of the window that they take away together, at most, for they may overlap; drawn evenly
 */
public record Spans(double chance, Range count, Range share, Hiding as) implements Disturbance {
    @Override
    public void strike(SpoiltWindow window, RandomGenerator random) {
        int spans = count.whole(random);
        int length = (int) Math.round(share.even(random) * window.length / Math.max(1, spans));
        for (int span = 0; span < spans; span++) {
            int from = random.nextInt(window.length - length + 1);
            for (int channel = 0; channel < window.channels; channel++) {
                as.hide(window, channel, from, length);
            }
        }
    }

    @Override
    public String phrase() {
        return count + " spans of " + share + " of the window " + as.text();
    }

    @Override
    public List<String> problems() {
        return Limits.of(chance)
                .within("count", count, 1, 1000)
                .within("share", share, 0, 1)
                .problems();
    }
}
