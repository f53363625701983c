package dev.limpid.demo;

import dev.limpid.signal.Floats;
import java.util.random.RandomGenerator;

/**
 * One heart as the dynamical model knows it: five Gaussian events (P, Q, R, S, T) on the unit circle, and how the heart rate
 * varies. The middle values are those of table I (T a little lower) of the paper named at {@link EcgOscillator}.
 *
 * @param heartRateBpm mean heart rate, beats per minute
 * @param heartRateDeviationBpm standard deviation of the heart rate, beats per minute
 * @param lowToHighRatio power of the slow (Mayer waves, 0.1 Hz) over the fast (breathing) part of the rate's variation
 * @param breathingHz breaths per second
 * @param amplitudeMv height of the R peak, mV
 * @param angles angle of each event, radians, R at 0
 * @param heights size {@code a} of each event
 * @param widths width {@code b} of each event, radians
 */
record EcgParameters(
        double heartRateBpm,
        double heartRateDeviationBpm,
        double lowToHighRatio,
        double breathingHz,
        double amplitudeMv,
        Floats angles,
        Floats heights,
        Floats widths) {
    private static final double[] ANGLES = {-70, -15, 0, 15, 100};
    private static final double[] HEIGHTS = {1.2, -5, 30, -7.5, 0.6};
    private static final double[] WIDTHS = {0.25, 0.1, 0.1, 0.1, 0.4};
    private static final double[] HEIGHT_SPREAD = {0.35, 0.6, 0.1, 0.5, 0.35};
    private static final double SECONDS_PER_MINUTE = 60;

    /** Draws a heart. */
    static EcgParameters draw(RandomGenerator random) {
        double bpm = random.nextDouble(55, 95);
        double scale = Math.sqrt(bpm / SECONDS_PER_MINUTE);
        // At a faster rate the waves take more of the circle, P and T most of all (the authors' ECGSYN does the same).
        double[] angleScale = {Math.sqrt(scale), scale, 1, scale, Math.sqrt(scale)};
        float[] angles = new float[ANGLES.length];
        float[] heights = new float[ANGLES.length];
        float[] widths = new float[ANGLES.length];
        for (int i = 0; i < ANGLES.length; i++) {
            angles[i] = (float) (Math.toRadians(ANGLES[i]) * angleScale[i] * random.nextDouble(0.9, 1.1));
            heights[i] = (float) (HEIGHTS[i] * (1 + HEIGHT_SPREAD[i] * random.nextDouble(-1, 1)));
            widths[i] = (float) (WIDTHS[i] * scale * random.nextDouble(0.85, 1.15));
        }
        return new EcgParameters(
                bpm,
                random.nextDouble(1.5, 4),
                random.nextDouble(0.4, 1.5),
                random.nextDouble(0.2, 0.32),
                random.nextDouble(0.8, 1.5),
                Floats.owning(angles),
                Floats.owning(heights),
                Floats.owning(widths));
    }

    /**
     * The same heart in a ventricular run: no P wave, a QRS upside down, three times as wide and 2.2 times as tall, the T wave against
     * it, beats at 1.5 times the rate. (A wave's height in mV goes with a·b².)
     */
    EcgParameters ectopic() {
        float[] wideHeights = {0, 0, -heights.at(2) * 0.245f, heights.at(2) * 0.05f, 2 * heights.at(4)};
        float[] wideWidths = {widths.at(0), widths.at(1), 3 * widths.at(2), 4 * widths.at(2), widths.at(4)};
        float[] wideAngles = {angles.at(0), angles.at(1), 0, 0.9f, 2.0f};
        return new EcgParameters(
                heartRateBpm * 1.5,
                heartRateDeviationBpm,
                lowToHighRatio,
                breathingHz,
                amplitudeMv,
                Floats.owning(wideAngles),
                Floats.owning(wideHeights),
                Floats.owning(wideWidths));
    }
}
