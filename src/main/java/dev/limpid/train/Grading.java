package dev.limpid.train;

import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Computes a {@link Loss} of a batch, differentiably. */
final class Grading {
    /** Keeps the cross-entropy of an output that is 0 or 1 finite. */
    private static final float CERTAIN = 1e-6f;

    /** Of a channel's deviation, added to amplitudes before their logarithm: what is quieter does not matter. */
    private static final float SILENCE = 1e-2f;

    private final Loss loss;
    private final Objective objective;
    private final float[] scale;
    private final Optional<FeatureSpace> features;

    /** @param scale standard deviation of each channel of the clean data, physical units */
    Grading(Loss loss, Objective objective, float[] scale) {
        this(loss, objective, scale, Optional.empty());
    }

    private Grading(Loss loss, Objective objective, float[] scale, Optional<FeatureSpace> features) {
        this.loss = loss;
        this.objective = objective;
        this.scale = scale;
        this.features = features;
    }

    /** The same with what {@link Loss#features} weighs, which is left out otherwise. */
    Grading with(FeatureSpace space) {
        return new Grading(loss, objective, scale, Optional.of(space));
    }

    /**
     * The loss of {@code clean} against {@code batch}'s targets.
     *
     * @param clean {@code [window][channel][time]}, what the network gives
     */
    Tensor of(Tensor clean, TrainingBatch batch) {
        Tensor target = Torch.tensor(batch.target, batch.windows, batch.channels, batch.length);
        Tensor errors = distance(clean, target, batch);
        if (batch.partly) {
            errors = errors.mul(Torch.tensor(batch.grade, batch.windows, batch.channels, batch.length));
        }
        Tensor sum = objective.of(errors);
        if (loss.spectral() != 0) {
            sum = sum.add(spectral(clean, target, batch).mul(new Scalar((float) loss.spectral())));
        }
        if (features.isPresent()) {
            sum = sum.add(features.get().distance(clean, target).mul(new Scalar((float) loss.features())));
        }
        return sum;
    }

    private Tensor distance(Tensor clean, Tensor target, TrainingBatch batch) {
        if (loss.distance() instanceof Loss.CrossEntropy) {
            Tensor sure = clamp(clean, CERTAIN, 1 - CERTAIN);
            Tensor one = torch.ones_like(target);
            Tensor likely =
                    target.mul(sure.log()).add(one.sub(target).mul(one.sub(sure).log()));
            return likely.neg().mul(weights(batch, false));
        }
        Tensor error = clean.sub(target);
        if (loss.distance() instanceof Loss.Huber huber) {
            // in units of delta: 2 (min(a, 1) a - min(a, 1)² / 2) is a² up to 1, and 2a - 1 beyond
            Tensor unit = perChannel((float) huber.delta());
            Tensor size = error.abs().div(unit);
            Tensor small = clamp(size, 0, 1);
            Tensor value = small.mul(size.add(size).sub(small));
            return value.mul(unit).mul(unit).mul(weights(batch, true));
        }
        return error.mul(error).mul(weights(batch, true));
    }

    /** Mean over windows, channels and frequencies of |ln amplitude of one - ln amplitude of the other|. */
    private Tensor spectral(Tensor clean, Tensor target, TrainingBatch batch) {
        Tensor difference = logSpectrum(clean).sub(logSpectrum(target)).abs();
        return difference.mul(weights(batch, false)).mean();
    }

    private Tensor logSpectrum(Tensor windows) {
        // unitary: white noise of one deviation has amplitudes about 1
        Tensor spectrum = torch.fft_rfft(windows.div(perChannel((float) Math.sqrt((double) windows.size(-1)))));
        return spectrum.abs().add(new Scalar(SILENCE)).log();
    }

    private Tensor weights(TrainingBatch batch, boolean byNoise) {
        float[] weights = new float[batch.weight.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) ((byNoise ? batch.weight[i] : 1) * loss.weight(i % batch.channels));
        }
        return Torch.tensor(weights, batch.windows, batch.channels, 1);
    }

    private Tensor perChannel(float factor) {
        float[] values = new float[scale.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = factor * scale[i];
        }
        return Torch.tensor(values, 1, scale.length, 1);
    }

    private static Tensor clamp(Tensor x, float low, float high) {
        return x.clamp(new ScalarOptional(new Scalar(low)), new ScalarOptional(new Scalar(high)));
    }
}
