package dev.limpid.train;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** What a {@link Fitter} fits: batches, the loss of one, and how good weights are on what is held out. Confined to one thread. */
interface FitTask {
    /**
     * How good weights are on what is held out.
     *
     * @param loss as in training
     * @param gain for people: {@link TrainingListener.Progress#gainDb}
     */
    record Look(double loss, double gain) {}

    /** What the fitting begins with. */
    TorchOps parameters(long seed);

    /** Whether {@link #parameters} are those of a model already: what it begins with is looked at, too. */
    default boolean begun() {
        return false;
    }

    /** Draws the next batch: all chance of fitting is here. */
    void draw();

    /** The loss of the batch that was drawn, to be differentiated; of zeros, if none was: the first forward makes the parameters. */
    Tensor loss(TorchOps ops);

    Look look(Map<String, float[]> weights);
}
