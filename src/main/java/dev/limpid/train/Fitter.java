package dev.limpid.train;

import dev.limpid.eval.DenoisingError;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Fits a network's weights: AdamW on a loss against the clean window, gradients clipped, a running
 * average of the weights as the result, and an early end when the held-out part no longer gains. Confined to one thread;
 * to be closed.
 */
final class Fitter implements AutoCloseable {
    private static final double MAX_GRADIENT_NORM = 1.0;
    private final Autoencoder autoencoder;
    private final Objective objective;
    private final Schedule schedule;
    private final TorchOps ops;
    private final Map<String, Tensor> averages = new LinkedHashMap<>();
    private final AdamW optimizer;
    private final TensorVector parameters;
    private final TrainingBatch batch;

    /**
     * What came out.
     *
     * @param weights averaged weights at the best look at the held-out part
     * @param steps steps done
     * @param bestStep the step of that look
     */
    record Fitted(Map<String, float[]> weights, int steps, int bestStep) {}

    Fitter(Autoencoder autoencoder, Objective objective, Schedule schedule, long seed) {
        this.autoencoder = autoencoder;
        this.objective = objective;
        this.schedule = schedule;
        this.ops = TorchOps.seeded(seed);
        this.batch = new TrainingBatch(schedule.batch(), autoencoder.channels().size(), autoencoder.length());
        // the first forward makes the parameters
        Torch.inferring(() -> {
            Tensor one = torch.ones(1, batch.channels, batch.length);
            return autoencoder.clean(ops, one, one).dim();
        });
        this.parameters = new TensorVector(ops.params().values().toArray(new Tensor[0]));
        AdamWOptions options = new AdamWOptions(schedule.learningRate());
        options.weight_decay().put(schedule.weightDecay());
        this.optimizer = new AdamW(parameters, options);
        ops.params()
                .forEach((name, value) ->
                        averages.put(name, Torch.keep(value.detach().clone())));
    }

    Fitted fit(BatchSource source, HeldOut heldOut, TrainingListener listener) {
        Map<String, float[]> best = averaged();
        double bestLoss = Double.POSITIVE_INFINITY;
        int bestStep = 0;
        int worse = 0;
        double running = Double.NaN;
        HeldOut.Result result = new HeldOut.Result(Double.NaN, new DenoisingError(), new DenoisingError());
        int step = 0;
        while (step < schedule.steps() && worse < schedule.patience()) {
            double loss = step(source, step);
            if (!Double.isFinite(loss)) {
                throw new IllegalStateException("training diverged at step " + step + ": the loss is " + loss
                        + "; lower train.learning-rate (" + schedule.learningRate() + ")");
            }
            running = Double.isNaN(running) ? loss : running + 0.02 * (loss - running);
            step++;
            if (step % schedule.evaluateEvery() == 0 || step == schedule.steps()) {
                Map<String, float[]> candidate = averaged();
                try (TorchOps fixed = TorchOps.of(candidate)) {
                    result = heldOut.evaluate(fixed);
                }
                worse++;
                if (result.loss() < bestLoss) {
                    best = candidate;
                    bestLoss = result.loss();
                    bestStep = step;
                    worse = 0;
                }
            }
            listener.progress(new TrainingListener.Progress(
                    step,
                    schedule.steps(),
                    running,
                    result.loss(),
                    result.observed().gainDb()));
        }
        return new Fitted(best, step, bestStep);
    }

    /** One gradient step on a fresh batch; its loss before the step. */
    double step(BatchSource source, int step) {
        source.fill(batch);
        return Torch.scoped(() -> {
            optimizer.param_groups().get(0).options().set_lr(schedule.rate(step));
            Tensor x = Torch.tensor(batch.x, batch.windows, batch.channels, batch.length);
            Tensor observed = Torch.tensor(batch.observed, batch.windows, batch.channels, batch.length);
            optimizer.zero_grad();
            Tensor loss = objective.of(autoencoder.clean(ops, x, observed), batch);
            loss.backward();
            torch.clip_grad_norm_(parameters, MAX_GRADIENT_NORM);
            optimizer.step();
            average((float) Math.max(0.003, 10.0 / (step + 20)));
            return (double) loss.item_float();
        });
    }

    /** Moves the averaged weights towards the present ones by {@code share}. */
    private void average(float share) {
        Torch.inferring(() -> {
            Scalar weight = new Scalar(share);
            ops.params().forEach((name, value) -> average(name).lerp_(value, weight));
            return averages.size();
        });
    }

    private Tensor average(String name) {
        Tensor average = averages.get(name);
        if (average == null) {
            throw new IllegalStateException("parameter " + name + " appeared after the first forward");
        }
        return average;
    }

    private Map<String, float[]> averaged() {
        Map<String, float[]> values = new LinkedHashMap<>();
        averages.forEach((name, tensor) -> values.put(name, Torch.array(tensor)));
        return values;
    }

    @Override
    public void close() {
        optimizer.close();
        parameters.close();
        averages.values().forEach(Tensor::close);
        ops.close();
    }
}
