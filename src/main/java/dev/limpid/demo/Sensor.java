package dev.limpid.demo;

import dev.limpid.signal.Floats;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A simulated electrocardiograph: a heart, the noise of its electrodes and amplifier at 0 to 6 dB, and at most one fault.
 * What it gives is a function of its seed and the number of samples drawn. Mutable, confined to one thread.
 */
final class Sensor {
    /** Now and then a sample is lost on its way to the topic and arrives as missing. */
    private static final double LOST = 0.002;

    private static final double RESOLUTION_MV = 0.001;
    private static final int CALIBRATION_SECONDS = 60;

    private final String name;
    private final EcgParameters heart;
    private final double snrDb;
    private final double sampleRateHz;
    private final EcgOscillator ecg;
    private final SensorNoise noise;
    private final double noiseMv;
    private final SplittableRandom losses;
    private final Optional<Fault> fault;
    private final Optional<FaultEffect> effect;
    private long samples;

    /** @param seed of this sensor alone */
    Sensor(String name, long seed, double sampleRateHz, Optional<Fault> fault) {
        SplittableRandom random = new SplittableRandom(seed);
        this.name = name;
        this.sampleRateHz = sampleRateHz;
        this.heart = EcgParameters.draw(random);
        this.snrDb = random.nextDouble(0, 6);
        long ecgSeed = random.nextLong();
        long noiseSeed = random.nextLong();
        this.ecg = new EcgOscillator(heart, sampleRateHz, new SplittableRandom(ecgSeed));
        this.noise = new SensorNoise(sampleRateHz, new SplittableRandom(noiseSeed));
        this.noiseMv = noiseMv(
                new EcgOscillator(heart, sampleRateHz, new SplittableRandom(ecgSeed)),
                new SensorNoise(sampleRateHz, new SplittableRandom(noiseSeed)));
        this.losses = random.split();
        this.fault = fault;
        this.effect = fault.map(f -> new FaultEffect(f, sampleRateHz, heart.amplitudeMv()));
    }

    /** The factor by which the noise must be multiplied for the drawn ratio, from a minute of twins of the real ones. */
    private double noiseMv(EcgOscillator ecgTwin, SensorNoise noiseTwin) {
        int n = (int) (CALIBRATION_SECONDS * sampleRateHz);
        double sum = 0;
        double squares = 0;
        double noiseSquares = 0;
        for (int i = 0; i < n; i++) {
            double x = ecgTwin.next(false);
            double e = noiseTwin.next();
            sum += x;
            squares += x * x;
            noiseSquares += e * e;
        }
        double signalPower = squares / n - (sum / n) * (sum / n);
        return Math.sqrt(signalPower / (noiseSquares / n) * Math.pow(10, -snrDb / 10));
    }

    String name() {
        return name;
    }

    EcgParameters heart() {
        return heart;
    }

    /** Signal-to-noise ratio as drawn, dB: variance of the clean signal over mean square of the noise, before any fault. */
    double snrDb() {
        return snrDb;
    }

    Optional<Fault> fault() {
        return fault;
    }

    /** Draws the next {@code length} samples. */
    Strip next(int length) {
        long first = samples;
        float[] raw = new float[length];
        float[] truth = new float[length];
        for (int i = 0; i < length; i++) {
            double ms = samples++ * 1000 / sampleRateHz;
            boolean faulty = fault.isPresent() && fault.get().holds((long) ms);
            double clean = ecg.next(faulty && fault.get().kind() == FaultKind.ECTOPIC_RUN);
            double noisy = clean + noiseMv * noise.next();
            if (faulty) {
                noisy = effect.get().apply(ms, clean, noisy);
            }
            boolean lost = losses.nextDouble() < LOST;
            truth[i] = (float) clean;
            raw[i] = lost || Double.isNaN(noisy)
                    ? Float.NaN
                    : (float) (Math.rint(noisy / RESOLUTION_MV) * RESOLUTION_MV);
        }
        return new Strip(first, Math.round(first * 1000 / sampleRateHz), Floats.owning(raw), Floats.owning(truth));
    }

    /**
     * A stretch of consecutive samples.
     *
     * @param first number of the first sample
     * @param startMs its time, simulated, since the run's beginning
     * @param raw as the sensor gives them, mV, NaN where missing
     * @param truth the heart's signal, mV
     */
    record Strip(long first, long startMs, Floats raw, Floats truth) {
        int length() {
            return raw.length();
        }
    }
}
