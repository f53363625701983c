package dev.limpid.train;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The features of a {@link FeatureNetwork} that is fitted no more: how far apart two frames look to it. A mean of what may have been is near
 * each of that in pixels and far in features (Dosovitskiy and Brox 2016, NIPS; Johnson et al. 2016, ECCV; docs/design/0006). Immutable.
 */
final class FeatureSpace {
    /** Behind those of fitting, looks, calibration and sweep. */
    private static final int STREAM = 6;

    /** Keeps the distance of features that are all 0 finite. */
    private static final float FLOOR = 1e-8f;

    private final FeatureNetwork network;
    private final Map<String, float[]> weights;

    /** @param weights of {@code network}, by name */
    FeatureSpace(FeatureNetwork network, Map<String, float[]> weights) {
        this.network = network;
        this.weights = weights;
    }

    /**
     * Fits a network to the frames that {@code autoencoder} is fitted to, spoilt alike, in half as many steps.
     *
     * @param checkpoints the autoencoder's; its own stand beside them
     * @param identity the autoencoder's
     */
    static FeatureSpace fitted(
            TrainingData data,
            TrainSpec spec,
            Autoencoder autoencoder,
            TrainingListener listener,
            Optional<Checkpoints> checkpoints,
            String identity)
            throws TrainingRefused, IOException {
        Schedule whole = spec.schedule();
        int steps = Math.max(1, whole.steps() / 2);
        Schedule half = new Schedule(
                steps, whole.batch(), whole.learningRate(), whole.weightDecay(), steps, 1, whole.descent());
        FitTask task = task(data, spec, autoencoder);
        // looks at what is held out are none: see the task
        TrainingListener features = at -> listener.features(
                new TrainingListener.Progress(at.step(), at.steps(), at.loss(), Double.NaN, Double.NaN));
        Fitter.Fitted fitted = Trainer.fit(
                task,
                half,
                spec.seed() + STREAM,
                features,
                checkpoints.map(file -> file.beside(Checkpoints.FEATURES)),
                identity + " features");
        return new FeatureSpace(network(spec, autoencoder), fitted.weights());
    }

    /** One whose network is as it starts: it costs as much and tells less. */
    static FeatureSpace unfitted(TrainSpec spec, Autoencoder autoencoder) {
        FeatureNetwork network = network(spec, autoencoder);
        try (TorchOps ops = TorchOps.seeded(spec.seed())) {
            int[] one = {1, autoencoder.channels().size(), autoencoder.length()};
            Torch.inferring(() -> network.features(ops, Torch.tensor(new float[one[1] * one[2]], one))
                    .size());
            return new FeatureSpace(network, ops.values());
        }
    }

    /** What {@link #fitted} fits. */
    static FitTask task(TrainingData data, TrainSpec spec, Autoencoder autoencoder) {
        Loss pixels = new Loss(spec.loss().distance(), 0, List.of());
        return new FeatureTask(
                network(spec, autoencoder),
                new Grading(pixels, Objective.SQUARE, autoencoder.scale().toArray()),
                Lessons.of(data, spec, spec.augmentation(), spec.seed() + STREAM),
                spec.schedule().batch());
    }

    private static FeatureNetwork network(TrainSpec spec, Autoencoder autoencoder) {
        return FeatureNetwork.of(spec.frame().orElseThrow(), autoencoder);
    }

    /**
     * The mean over the maps of the mean squared difference of their features, over the mean square of {@code target}'s. Differentiable by
     * {@code clean}.
     *
     * @param clean {@code [window][channel][time]}, what a network gives
     * @param target {@code [window][channel][time]}, the clean frames, which are whole: those that miss a pixel are refused as data
     */
    Tensor distance(Tensor clean, Tensor target) {
        Frozen ops = new Frozen(weights);
        List<Tensor> wanted = network.features(ops, target);
        List<Tensor> found = network.features(ops, clean);
        Tensor sum = Torch.tensor(new float[1], 1).sum();
        for (int map = 0; map < wanted.size(); map++) {
            Tensor difference = found.get(map).sub(wanted.get(map));
            Tensor unit = wanted.get(map).square().mean().add(new Scalar(FLOOR));
            sum = sum.add(difference.square().mean().div(unit));
        }
        return sum.div(new Scalar((float) wanted.size()));
    }

    /** Weights without a gradient, which live as long as the scope around them: nothing is to be closed. */
    private static final class Frozen extends TorchOps {
        private final Start start;
        private final Map<String, Tensor> made = new HashMap<>();

        Frozen(Map<String, float[]> weights) {
            this(given(weights));
        }

        private Frozen(Start start) {
            super(start);
            this.start = start;
        }

        @Override
        public Tensor param(String name, Init init, int fanIn, int... shape) {
            return made.computeIfAbsent(name, key -> Torch.tensor(start.values(key, init, fanIn, shape), shape));
        }

        @Override
        public Tensor constant(String name, float[] values, int... shape) {
            return made.computeIfAbsent(name, key -> Torch.tensor(values, shape));
        }
    }
}
