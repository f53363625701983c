package dev.limpid.demo;

import java.util.random.RandomGenerator;

/**
 * A synthetic electrocardiogram without noise, in mV around the isoelectric line, sample by sample.
 *
 * <p>After P. E. McSharry, G. D. Clifford, L. Tarassenko, L. A. Smith, "A dynamical model for generating synthetic
 * electrocardiogram signals", IEEE Transactions on Biomedical Engineering 50(3), 2003, section II: a point moves on a limit
 * cycle of unit radius with angular velocity {@code 2π / RR(t)}, and
 * {@code z' = -Σ aᵢ Δθᵢ exp(-Δθᵢ² / 2bᵢ²) - z} draws the heart's waves. The two equations of the circle are integrated as the angle
 * alone, which is exact on the cycle; the breathing baseline {@code z₀} is left to {@link SensorNoise}, for here it would
 * be part of the truth. The heart rate varies with the paper's two-humped spectrum, as a sum of cosines with random frequencies and
 * phases. A function of its parameters, its seed and the number of samples drawn; confined to one thread.
 */
final class EcgOscillator {
    private static final int STEPS_PER_SAMPLE = 2;
    private static final int COSINES = 6;
    private static final double MAYER_HZ = 0.1;
    private static final double HUMP_HZ = 0.01;
    private static final int EVENTS = 5;
    /** Past so many widths an event is too small to see: exp(-18) of its height. */
    private static final double REACH = 6;

    private final EcgParameters parameters;
    private final EcgParameters ectopic;
    private final double sampleRateHz;
    private final double gain;
    private final double[] rateHz = new double[2 * COSINES];
    private final double[] ratePhase = new double[2 * COSINES];
    private final double[] rateBpm = new double[2 * COSINES];
    private EcgParameters beat;
    private double angle = -Math.PI;
    private double z;
    private long samples;

    EcgOscillator(EcgParameters parameters, double sampleRateHz, RandomGenerator random) {
        this.parameters = parameters;
        this.ectopic = parameters.ectopic();
        this.sampleRateHz = sampleRateHz;
        this.beat = parameters;
        double lowShare = parameters.lowToHighRatio() / (1 + parameters.lowToHighRatio());
        for (int i = 0; i < rateHz.length; i++) {
            boolean low = i < COSINES;
            rateHz[i] = (low ? MAYER_HZ : parameters.breathingHz()) + HUMP_HZ * random.nextGaussian();
            ratePhase[i] = random.nextDouble(2 * Math.PI);
            rateBpm[i] = parameters.heartRateDeviationBpm() * Math.sqrt(2 * (low ? lowShare : 1 - lowShare) / COSINES);
        }
        this.gain = parameters.amplitudeMv() / beatHeight();
    }

    /** Height of z over a beat or two at the mean rate, so that {@code amplitudeMv} can be met. */
    private double beatHeight() {
        double highest = 0;
        double velocity = 2 * Math.PI * parameters.heartRateBpm() / 60;
        double dt = 1 / (sampleRateHz * STEPS_PER_SAMPLE);
        double height = 0;
        for (double at = -Math.PI; at < 3 * Math.PI; at += velocity * dt) {
            height = step(parameters, height, wrapped(at), velocity, dt);
            highest = Math.max(highest, height);
        }
        return highest;
    }

    /** The heart rate now, beats per minute. */
    double heartRateBpm() {
        double seconds = samples / sampleRateHz;
        double bpm = beat.heartRateBpm();
        for (int i = 0; i < rateHz.length; i++) {
            bpm += rateBpm[i] * Math.cos(2 * Math.PI * rateHz[i] * seconds + ratePhase[i]);
        }
        return bpm;
    }

    /**
     * The next sample, mV.
     *
     * @param ventricular whether beats that begin now are ectopic
     */
    double next(boolean ventricular) {
        double velocity = 2 * Math.PI * heartRateBpm() / 60;
        double dt = 1 / (sampleRateHz * STEPS_PER_SAMPLE);
        for (int i = 0; i < STEPS_PER_SAMPLE; i++) {
            z = step(beat, z, angle, velocity, dt);
            angle += velocity * dt;
            if (angle >= Math.PI) {
                angle -= 2 * Math.PI;
                beat = ventricular ? ectopic : parameters;
            }
        }
        samples++;
        return gain * z;
    }

    /** One step of the midpoint rule. */
    private static double step(EcgParameters beat, double z, double angle, double velocity, double dt) {
        double middle = z + 0.5 * dt * slope(beat, z, angle);
        return z + dt * slope(beat, middle, wrapped(angle + 0.5 * dt * velocity));
    }

    private static double slope(EcgParameters beat, double z, double angle) {
        double slope = -z;
        for (int i = 0; i < EVENTS; i++) {
            double distance = wrapped(angle - beat.angles().at(i));
            double width = beat.widths().at(i);
            if (Math.abs(distance) < REACH * width) {
                slope -= beat.heights().at(i) * distance * Math.exp(-distance * distance / (2 * width * width));
            }
        }
        return slope;
    }

    private static double wrapped(double angle) {
        return angle - 2 * Math.PI * Math.floor((angle + Math.PI) / (2 * Math.PI));
    }
}
