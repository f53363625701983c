package dev.limpid.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.InputArchive;
import org.bytedeco.pytorch.OutputArchive;
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
    private final FitTask task;
    private final Schedule schedule;
    private final TorchOps ops;
    private final Map<String, Tensor> averages = new LinkedHashMap<>();
    private final AdamW optimizer;
    private final TensorVector parameters;
    private FitState state = new FitState();

    /**
     * What came out.
     *
     * @param weights averaged weights at the best look at the held-out part
     * @param steps steps done
     * @param bestStep the step of that look
     */
    record Fitted(Map<String, float[]> weights, int steps, int bestStep) {}

    Fitter(FitTask task, Schedule schedule, long seed) {
        this.task = task;
        this.schedule = schedule;
        this.ops = task.parameters(seed);
        // the first forward makes the parameters
        Torch.inferring(() -> task.loss(ops).dim());
        this.parameters = new TensorVector(ops.params().values().toArray(new Tensor[0]));
        AdamWOptions options = new AdamWOptions(schedule.learningRate());
        options.weight_decay().put(schedule.weightDecay());
        this.optimizer = new AdamW(parameters, options);
        ops.params()
                .forEach((name, value) ->
                        averages.put(name, Torch.keep(value.detach().clone())));
    }

    Fitted fit(TrainingListener listener) {
        return fit(listener, step -> {});
    }

    /** @param afterwards hears every step that is not the last */
    Fitted fit(TrainingListener listener, IntConsumer afterwards) {
        if (state.step == 0) {
            state.best = averaged();
            if (task.begun()) {
                look();
            }
        }
        // the same chance as before the checkpoint
        for (int i = 0; i < state.step * schedule.descent().accumulate(); i++) {
            task.draw();
        }
        while (unfinished()) {
            double loss = step(state.step);
            if (!Double.isFinite(loss)) {
                throw new IllegalStateException("training diverged at step " + state.step + ": the loss is " + loss
                        + "; lower train.learning-rate (" + schedule.learningRate() + ")");
            }
            state.stepped(loss);
            if (state.step % schedule.evaluateEvery() == 0 || state.step == schedule.steps()) {
                look();
            }
            listener.progress(new TrainingListener.Progress(
                    state.step, schedule.steps(), state.running, state.heldOutLoss, state.gainDb));
            if (unfinished()) {
                afterwards.accept(state.step);
            }
        }
        return new Fitted(state.best, state.step, state.bestStep);
    }

    private void look() {
        Map<String, float[]> candidate = averaged();
        state.looked(candidate, task.look(candidate));
    }

    private boolean unfinished() {
        return state.step < schedule.steps() && state.worse < schedule.patience();
    }

    /** One gradient step on fresh batches; their mean loss before the step. */
    double step(int step) {
        int parts = schedule.descent().accumulate();
        optimizer.zero_grad();
        double sum = 0;
        for (int part = 0; part < parts; part++) {
            task.draw();
            sum += gradient(parts);
        }
        return Torch.scoped(() -> {
                    optimizer.param_groups().get(0).options().set_lr(schedule.rate(step));
                    torch.clip_grad_norm_(parameters, schedule.descent().clipNorm());
                    optimizer.step();
                    average(schedule.descent().averageShare(step));
                    return 0;
                })
                + sum / parts;
    }

    /** Adds the gradient of the batch, one of so many {@code parts} of a step; its loss. */
    private double gradient(int parts) {
        return Torch.scoped(() -> {
            Tensor loss = task.loss(ops);
            (parts == 1 ? loss : loss.div(new Scalar((float) parts))).backward();
            return (double) loss.item_float();
        });
    }

    /** What {@link #restore} needs to go on. */
    Checkpoint checkpoint() throws IOException {
        Path archive = Files.createTempFile("limpid-optimizer-", ".pt");
        try {
            Torch.scoped(() -> {
                OutputArchive out = new OutputArchive();
                optimizer.save(out);
                out.save_to(archive.toString());
                return 0;
            });
            return new Checkpoint(state, ops.values(), averaged(), Files.readAllBytes(archive));
        } finally {
            Files.delete(archive);
        }
    }

    /** Goes on from a checkpoint of the same training. */
    void restore(Checkpoint checkpoint) throws IOException {
        Path archive = Files.createTempFile("limpid-optimizer-", ".pt");
        try {
            Files.write(archive, checkpoint.optimizer);
            Torch.inferring(() -> {
                copy(checkpoint.weights, ops.params());
                copy(checkpoint.averages, averages);
                InputArchive in = new InputArchive();
                in.load_from(archive.toString());
                optimizer.load(in);
                return 0;
            });
        } finally {
            Files.delete(archive);
        }
        state = checkpoint.state;
    }

    private static void copy(Map<String, float[]> from, Map<String, Tensor> to) {
        to.forEach((name, tensor) -> {
            float[] values = from.get(name);
            if (values == null || values.length != tensor.numel()) {
                throw new IllegalArgumentException("no weights of the right size for " + name);
            }
            tensor.copy_(Torch.tensor(values, values.length).view_as(tensor));
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
