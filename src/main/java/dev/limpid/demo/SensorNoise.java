package dev.limpid.demo;

import java.util.random.RandomGenerator;

/**
 * What a sensor adds to the heart's signal, sample by sample: baseline wander by breathing and drift (below 0.5 Hz), muscle
 * (20 to 90 Hz, its strength coming and going), electrode motion (0.7 to 6 Hz, likewise), white noise of the amplifier and mains hum
 * of 50 Hz. The mixture is drawn per sensor; the sum has a mean square of about 1. A function of its seed and the number of
 * samples drawn; confined to one thread.
 */
final class SensorNoise {
    private static final double MAINS_HZ = 50;
    private static final int WANDER_COSINES = 5;
    /** Mean square of a Gaussian times {@link #swell}: 1 + SWELL² / 2. */
    private static final double SWELL = 0.15;

    private final RandomGenerator random;
    private final double sampleRateHz;
    private final double[] wanderHz = new double[WANDER_COSINES];
    private final double[] wanderPhase = new double[WANDER_COSINES];
    private final Biquad muscleLow;
    private final Biquad muscleHigh;
    private final Biquad motionLow;
    private final Biquad motionHigh;
    private final double muscleScale;
    private final double motionScale;
    private final double muscleSwellHz;
    private final double motionSwellHz;
    private final double mainsPhase;
    private final double wander;
    private final double muscle;
    private final double motion;
    private final double white;
    private final double mains;
    private long samples;

    SensorNoise(double sampleRateHz, RandomGenerator random) {
        this.random = random;
        this.sampleRateHz = sampleRateHz;
        for (int i = 0; i < WANDER_COSINES; i++) {
            wanderHz[i] = i == 0 ? random.nextDouble(0.2, 0.32) : random.nextDouble(0.05, 0.5);
            wanderPhase[i] = random.nextDouble(2 * Math.PI);
        }
        double muscleTop = Math.min(90, 0.45 * sampleRateHz);
        this.muscleLow = Biquad.lowPass(muscleTop, sampleRateHz);
        this.muscleHigh = Biquad.highPass(20, sampleRateHz);
        this.motionLow = Biquad.lowPass(6, sampleRateHz);
        this.motionHigh = Biquad.highPass(0.7, sampleRateHz);
        this.muscleScale = scale(Biquad.lowPass(muscleTop, sampleRateHz), Biquad.highPass(20, sampleRateHz));
        this.motionScale = scale(Biquad.lowPass(6, sampleRateHz), Biquad.highPass(0.7, sampleRateHz));
        this.muscleSwellHz = random.nextDouble(0.02, 0.1);
        this.motionSwellHz = random.nextDouble(0.02, 0.1);
        this.mainsPhase = random.nextDouble(2 * Math.PI);
        double[] power = {
            random.nextDouble(0.1, 0.2),
            random.nextDouble(0.3, 0.5),
            random.nextDouble(0.08, 0.2),
            random.nextDouble(0.1, 0.2),
            random.nextDouble(0.02, 0.08)
        };
        double sum = power[0] + power[1] + power[2] + power[3] + power[4];
        this.wander = Math.sqrt(2 * power[0] / sum / WANDER_COSINES);
        this.muscle = Math.sqrt(power[1] / sum / (1 + SWELL * SWELL / 2));
        this.motion = Math.sqrt(power[2] / sum / (1 + SWELL * SWELL / 2));
        this.white = Math.sqrt(power[3] / sum);
        this.mains = Math.sqrt(2 * power[4] / sum);
    }

    /** One over the root mean square of white noise behind two filters: the energy of their impulse response. */
    private static double scale(Biquad first, Biquad second) {
        double energy = 0;
        for (int i = 0; i < 10_000; i++) {
            double y = second.next(first.next(i == 0 ? 1 : 0));
            energy += y * y;
        }
        return 1 / Math.sqrt(energy);
    }

    /** The next sample; mean square about 1. */
    double next() {
        double seconds = samples++ / sampleRateHz;
        double sum = 0;
        for (int i = 0; i < WANDER_COSINES; i++) {
            sum += wander * Math.cos(2 * Math.PI * wanderHz[i] * seconds + wanderPhase[i]);
        }
        sum += muscle
                * swell(muscleSwellHz, seconds)
                * muscleScale
                * muscleHigh.next(muscleLow.next(random.nextGaussian()));
        sum += motion
                * swell(motionSwellHz, seconds)
                * motionScale
                * motionHigh.next(motionLow.next(random.nextGaussian()));
        sum += white * random.nextGaussian();
        return sum + mains * Math.cos(2 * Math.PI * MAINS_HZ * seconds + mainsPhase);
    }

    private double swell(double hz, double seconds) {
        return 1 + SWELL * Math.sin(2 * Math.PI * hz * seconds + mainsPhase);
    }
}
