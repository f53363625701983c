package dev.limpid.train;

import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** The fitting of an autoencoder to windows. */
final class WindowTask implements FitTask {
    private final Autoencoder autoencoder;
    private final Grading grading;
    private final Batches source;
    private final Optional<HeldOut> heldOut;
    private final Optional<Map<String, float[]>> start;
    private final TrainingBatch batch;

    /** @param windows per batch */
    WindowTask(Autoencoder autoencoder, Grading grading, Batches source, HeldOut heldOut, int windows) {
        this(autoencoder, grading, source, heldOut, windows, Optional.empty());
    }

    /** @param start the weights of a model, to go on from them */
    WindowTask(
            Autoencoder autoencoder,
            Grading grading,
            Batches source,
            HeldOut heldOut,
            int windows,
            Optional<Map<String, float[]>> start) {
        this(autoencoder, grading, source, Optional.of(heldOut), windows, start);
    }

    /** One that is never looked at. */
    WindowTask(Autoencoder autoencoder, Grading grading, Batches source, int windows) {
        this(autoencoder, grading, source, Optional.empty(), windows, Optional.empty());
    }

    private WindowTask(
            Autoencoder autoencoder,
            Grading grading,
            Batches source,
            Optional<HeldOut> heldOut,
            int windows,
            Optional<Map<String, float[]>> start) {
        this.autoencoder = autoencoder;
        this.grading = grading;
        this.source = source;
        this.heldOut = heldOut;
        this.start = start;
        this.batch = new TrainingBatch(windows, autoencoder.channels().size(), autoencoder.length());
    }

    @Override
    public TorchOps parameters(long seed) {
        return start.map(TorchOps::of).orElseGet(() -> TorchOps.seeded(seed));
    }

    @Override
    public boolean begun() {
        return start.isPresent();
    }

    @Override
    public void draw() {
        source.fill(batch);
    }

    @Override
    public Tensor loss(TorchOps ops) {
        Tensor x = Torch.tensor(batch.x, batch.windows, batch.channels, batch.length);
        Tensor observed = Torch.tensor(batch.observed, batch.windows, batch.channels, batch.length);
        return grading.of(autoencoder.clean(ops, x, observed), batch);
    }

    @Override
    public Look look(Map<String, float[]> weights) {
        try (TorchOps fixed = TorchOps.of(weights)) {
            HeldOut.Result result = heldOut.orElseThrow().evaluate(fixed);
            return new Look(result.loss(), result.gainDb());
        }
    }
}
