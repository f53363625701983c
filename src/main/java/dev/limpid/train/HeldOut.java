package dev.limpid.train;

import dev.limpid.eval.DenoisingError;
import dev.limpid.model.WindowRange;
import dev.limpid.signal.Floats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Windows that are never fitted on: when to stop is decided on them, and scores are calibrated on them. */
final class HeldOut {
    private static final double[] PROBABILITIES = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};
    private final Autoencoder autoencoder;
    private final Grading grading;
    private final Batches source;
    private final List<TrainingBatch> batches = new ArrayList<>();

    /**
     * How well a network does here.
     *
     * @param loss as in training
     * @param observed error over the observed samples
     * @param imputed error over the missing ones, which came in as 0
     */
    record Result(double loss, DenoisingError observed, DenoisingError imputed) {
        /** Over what was observed; over what was not if only that is graded. */
        double gainDb() {
            return observed.count() > 0 ? observed.gainDb() : imputed.gainDb();
        }
    }

    /** What makes residuals comparable: see {@link dev.limpid.model.ChannelSpec} and {@link dev.limpid.model.ModelSpec}. */
    record Calibration(Floats residualScale, Floats scoreQuantiles) {}

    HeldOut(Autoencoder autoencoder, Grading grading, Batches source, int count) {
        this.autoencoder = autoencoder;
        this.grading = grading;
        this.source = source;
        batches.addAll(fresh(count));
    }

    /** The same windows for the model in so many steps. */
    HeldOut refined(int steps) {
        Autoencoder other = autoencoder.with(autoencoder.levels().refined(steps));
        HeldOut same = new HeldOut(other, grading, source, 0);
        same.batches.addAll(batches);
        return same;
    }

    /** Further windows, drawn and spoilt like the others. */
    final List<TrainingBatch> fresh(int count) {
        List<TrainingBatch> more = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TrainingBatch batch = new TrainingBatch(64, autoencoder.channels().size(), autoencoder.length());
            source.fill(batch);
            more.add(batch);
        }
        return more;
    }

    List<TrainingBatch> batches() {
        return batches;
    }

    /** The reconstruction of {@code batch}, {@code [window][channel][time]}. */
    float[] clean(TorchOps ops, TrainingBatch batch) {
        return Torch.inferring(() -> {
            Tensor x = Torch.tensor(batch.x, batch.windows, batch.channels, batch.length);
            Tensor observed = Torch.tensor(batch.observed, batch.windows, batch.channels, batch.length);
            return Torch.array(autoencoder.clean(ops, x, observed));
        });
    }

    Result evaluate(TorchOps ops) {
        double loss = 0;
        DenoisingError observed = new DenoisingError();
        DenoisingError imputed = new DenoisingError();
        for (TrainingBatch batch : batches) {
            float[] clean = clean(ops, batch);
            loss += Torch.inferring(
                    () -> (double) grading.of(Torch.tensor(clean, batch.windows, batch.channels, batch.length), batch)
                            .item_float());
            for (int i = 0; i < clean.length; i++) {
                if (!batch.partly || batch.grade[i] > 0) {
                    (batch.observed[i] > 0 ? observed : imputed).add(batch.target[i], batch.x[i], clean[i]);
                }
            }
        }
        return new Result(loss / batches.size(), observed, imputed);
    }

    /** What was taken away where something was observed, else 0, in units that make windows comparable. */
    float[] relative(TorchOps ops, TrainingBatch batch, float[] clean) {
        float[] units = Torch.inferring(() -> {
            Tensor x = Torch.tensor(batch.x, batch.windows, batch.channels, batch.length);
            Tensor observed = Torch.tensor(batch.observed, batch.windows, batch.channels, batch.length);
            Tensor unit = autoencoder.unit(ops, x, observed);
            return Torch.array(unit.expand(new long[] {batch.windows, batch.channels, 1}, false));
        });
        float[] relative = new float[clean.length];
        for (int i = 0; i < clean.length; i++) {
            relative[i] = (batch.x[i] - clean[i]) * batch.observed[i] / units[i / batch.length];
        }
        return relative;
    }

    Calibration calibrate(TorchOps ops) {
        int channels = autoencoder.channels().size();
        double[] squares = new double[channels];
        long[] counts = new long[channels];
        List<float[]> residuals = new ArrayList<>();
        for (TrainingBatch batch : batches) {
            float[] clean = clean(ops, batch);
            float[] relative = relative(ops, batch, clean);
            residuals.add(relative);
            for (int i = 0; i < clean.length; i++) {
                int channel = i / batch.length % channels;
                double residual = relative[i];
                squares[channel] += residual * residual;
                counts[channel] += batch.observed[i] > 0 ? 1 : 0;
            }
        }
        float[] scale = new float[channels];
        for (int channel = 0; channel < channels; channel++) {
            scale[channel] = (float) Math.max(1e-12, Math.sqrt(squares[channel] / Math.max(1, counts[channel])));
        }
        return new Calibration(Floats.of(scale), quantiles(residuals, scale));
    }

    /** Where the windows' statistics lie; unknown if there are too few. */
    WindowRange range(TorchOps ops, Floats residualScale) {
        int size = autoencoder.channels().size() * autoencoder.length();
        RangeCalibration range = new RangeCalibration(autoencoder.channels().size(), autoencoder.length());
        for (TrainingBatch batch : batches) {
            float[] clean = clean(ops, batch);
            float[] error = relative(ops, batch, clean);
            for (int i = 0; i < error.length; i++) {
                error[i] /= residualScale.at(i / batch.length % batch.channels);
            }
            for (int from = 0; from < clean.length; from += size) {
                range.add(
                        Arrays.copyOfRange(batch.x, from, from + size),
                        Arrays.copyOfRange(batch.observed, from, from + size),
                        Arrays.copyOfRange(clean, from, from + size),
                        Arrays.copyOfRange(error, from, from + size),
                        residualScale);
            }
        }
        return range.range();
    }

    private Floats quantiles(List<float[]> residuals, float[] scale) {
        List<Double> scores = new ArrayList<>();
        for (int b = 0; b < residuals.size(); b++) {
            TrainingBatch batch = batches.get(b);
            float[] relative = residuals.get(b);
            for (int window = 0; window < batch.windows; window++) {
                double score = score(batch, window, relative, scale);
                if (!Double.isNaN(score)) {
                    scores.add(score);
                }
            }
        }
        double[] sorted =
                scores.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        float[] quantiles = new float[PROBABILITIES.length];
        for (int i = 0; i < quantiles.length; i++) {
            quantiles[i] = (float) sorted[(int) Math.round(PROBABILITIES[i] * (sorted.length - 1))];
        }
        return Floats.owning(quantiles);
    }

    /** Root mean square of the relative residual in units of the channel's; NaN if nothing was observed. */
    static double score(TrainingBatch batch, int window, float[] relative, float[] scale) {
        double sum = 0;
        double seen = 0;
        for (int i = batch.at(window, 0); i < batch.at(window + 1, 0); i++) {
            double residual = relative[i] / scale[i / batch.length % batch.channels];
            sum += residual * residual;
            seen += batch.observed[i];
        }
        return seen > 0 ? Math.sqrt(sum / seen) : Double.NaN;
    }
}
