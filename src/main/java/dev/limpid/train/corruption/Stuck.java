package dev.limpid.train.corruption;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One channel keeps the value it had for a stretch: the stuck-at fault of Ni et al. (2009), "Sensor network data fault types",
 * ACM Transactions on Sensor Networks 5.
 *
 * @param share of the window; drawn evenly
 */
public record Stuck(double chance, Range share) implements Disturbance {
    @Override
    public void strike(SpoiltWindow window, RandomGenerator random) {
        int channel = random.nextInt(window.channels);
        int count = (int) Math.round(share.even(random) * window.length);
        int from = random.nextInt(window.length - count + 1);
        if (count > 0) {
            window.fill(channel, from, count, window.x[window.at(channel) + from]);
        }
    }

    @Override
    public String phrase() {
        return "a channel stuck for " + share + " of the window";
    }

    @Override
    public List<String> problems() {
        return Limits.of(chance).within("share", share, 0, 1).problems();
    }
}
