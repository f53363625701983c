package dev.limpid.demo;

import java.util.SplittableRandom;

/** What a {@link Fault} does to a sensor's samples while it lasts. Mutable, confined to one thread. */
final class FaultEffect {
    private static final double SPIKES_PER_SECOND = 8;
    private static final double CONTACT_SECONDS = 0.4;
    private static final double LOSS_SECONDS = 0.2;
    private static final double RETURN_SECONDS = 0.1;
    private static final double MAINS_HZ = 50;
    private static final double OVERGAIN = 4;

    private final Fault fault;
    private final double sampleRateHz;
    private final double amplitudeMv;
    private final SplittableRandom random;
    private final double strength;
    private double held = Double.NaN;
    private double spike;
    private int left;
    private boolean lost;
    private double transient0;

    /** @param amplitudeMv height of the sensor's R peaks, mV */
    FaultEffect(Fault fault, double sampleRateHz, double amplitudeMv) {
        this.fault = fault;
        this.sampleRateHz = sampleRateHz;
        this.amplitudeMv = amplitudeMv;
        this.random = new SplittableRandom(fault.seed());
        this.strength = random.nextDouble();
    }

    /**
     * The sample as the faulty sensor gives it, mV; NaN if it is missing.
     *
     * @param ms simulated time since the run's beginning
     * @param truth the heart's signal
     * @param raw the same with the noise of a healthy sensor
     */
    double apply(double ms, double truth, double raw) {
        return switch (fault.kind()) {
            case ECTOPIC_RUN -> raw;
            case FLAT_LINE -> hold(raw);
            case SPIKE_BURST -> raw + spike();
            case CLIPPING -> Math.max(-1.1 * amplitudeMv, Math.min(1.1 * amplitudeMv, OVERGAIN * raw));
            case LEAD_SWAP -> raw - truth - (2.1 + 0.6 * strength) * truth;
            case DROPOUT -> contact(raw);
            case GAIN_DRIFT -> raw * gain(ms);
            case MAINS_BURST -> raw + (1.5 + strength) * Math.cos(2 * Math.PI * MAINS_HZ * ms / 1000);
        };
    }

    private double hold(double raw) {
        if (Double.isNaN(held)) {
            held = raw;
        }
        return held;
    }

    /** Two or three samples high, either sign. */
    private double spike() {
        if (left > 0) {
            left--;
        } else if (random.nextDouble() < SPIKES_PER_SECOND / sampleRateHz) {
            left = random.nextInt(1, 3);
            spike = (random.nextBoolean() ? 1 : -1) * random.nextDouble(3, 6);
        } else {
            spike = 0;
        }
        return spike;
    }

    private double contact(double raw) {
        if (left-- <= 0) {
            lost = !lost;
            left = (int) (sampleRateHz * (lost ? LOSS_SECONDS : CONTACT_SECONDS) * random.nextDouble(0.6, 1.4));
            transient0 = (random.nextBoolean() ? 1 : -1) * random.nextDouble(2, 4);
        }
        if (lost) {
            return Double.NaN;
        }
        transient0 *= Math.exp(-1 / (RETURN_SECONDS * sampleRateHz));
        return raw + transient0;
    }

    /** Logarithmic ramp over the first quarter, level, ramp back over the last. */
    private double gain(double ms) {
        double part = (ms - fault.startMs()) / (fault.endMs() - fault.startMs());
        double ramp = Math.min(1, 4 * Math.min(part, 1 - part));
        return Math.pow(strength < 0.5 ? 3 : 0.25, ramp);
    }
}
