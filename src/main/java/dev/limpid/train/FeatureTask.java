package dev.limpid.train;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** The fitting of a {@link FeatureNetwork}: by the distance that the model is fitted by, to its end. */
final class FeatureTask implements FitTask {
    private final FeatureNetwork network;
    private final Grading grading;
    private final Batches source;
    private final TrainingBatch batch;

    /** @param windows per batch */
    FeatureTask(FeatureNetwork network, Grading grading, Batches source, int windows) {
        this.network = network;
        this.grading = grading;
        this.source = source;
        Frame frame = network.frame();
        this.batch = new TrainingBatch(windows, frame.channels(), frame.pixels() * frame.frames());
    }

    @Override
    public TorchOps parameters(long seed) {
        return TorchOps.seeded(seed);
    }

    @Override
    public void draw() {
        source.fill(batch);
    }

    @Override
    public Tensor loss(TorchOps ops) {
        Tensor x = Torch.tensor(batch.x, batch.windows, batch.channels, batch.length);
        Tensor observed = Torch.tensor(batch.observed, batch.windows, batch.channels, batch.length);
        return grading.of(network.clean(ops, x, observed), batch);
    }

    /** Nothing is held out: the weights of the only look, after the last step, are taken. */
    @Override
    public Look look(Map<String, float[]> weights) {
        return new Look(0, Double.NaN);
    }
}
