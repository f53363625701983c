package dev.limpid.train.corruption;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One channel falls to a constant for a stretch, and nobody tells: a cable out, the sensor sends its zero (the "constant" fault
 * of Sharma, Golubchik and Govindan 2010, "Sensor faults", ACM Transactions on Sensor Networks 6).
 *
 * @param share of the window; drawn evenly
 * @param to what the channel reads meanwhile, physical units
 */
public record Dropout(double chance, Range share, double to) implements Disturbance {
    @Override
    public void strike(SpoiltWindow window, RandomGenerator random) {
        int channel = random.nextInt(window.channels);
        int count = (int) Math.round(share.even(random) * window.length);
        window.fill(channel, random.nextInt(window.length - count + 1), count, (float) to);
    }

    @Override
    public String phrase() {
        return "a channel at " + Range.text(to) + " for " + share + " of the window";
    }

    @Override
    public List<String> problems() {
        return Limits.of(chance)
                .within("share", share, 0, 1)
                .within("to", Range.of(to), -1e30, 1e30)
                .problems();
    }
}
