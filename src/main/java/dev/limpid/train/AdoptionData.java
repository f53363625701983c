package dev.limpid.train;

import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.model.WindowRange;
import dev.limpid.onnx.ModelMetadata.InputStatistics;
import dev.limpid.signal.Floats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Windows of sample data, side by side, and what a model makes of them: {@code [window][channel][time]}. */
final class AdoptionData {
    private static final double[] PROBABILITIES = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};
    private static final int MOST = 4_096;
    private static final int BATCH = 64;
    /** Of the input's deviation: below it a residual is nothing but rounding. */
    private static final float LEAST_SCALE = 1e-6f;

    private final int channels;
    private final int length;
    private final List<float[]> windows = new ArrayList<>();
    private final List<Recording> recordings;

    AdoptionData(List<Recording> recordings, int channels, int length) throws TrainingRefused {
        this.recordings = recordings;
        this.channels = channels;
        this.length = length;
        for (Recording recording : recordings) {
            for (int from = 0; from + length <= recording.samples() && windows.size() < MOST; from += length) {
                float[] window = new float[channels * length];
                for (int channel = 0; channel < channels; channel++) {
                    System.arraycopy(recording.channels().get(channel), from, window, channel * length, length);
                }
                windows.add(window);
            }
        }
        if (windows.isEmpty()) {
            throw new TrainingRefused(
                    "cannot calibrate", List.of("the sample data hold no whole window of " + length + " samples"));
        }
    }

    List<float[]> windows() {
        return windows;
    }

    InputStatistics statistics(int channel) {
        return Recording.statistics(recordings, channel);
    }

    List<float[]> clean(Denoiser denoiser) throws DenoiserException {
        WindowBatch batch = new WindowBatch(BATCH, channels, length);
        Reconstruction out = new Reconstruction(BATCH, channels, length);
        List<float[]> cleans = new ArrayList<>();
        for (int from = 0; from < windows.size(); from += BATCH) {
            int count = Math.min(BATCH, windows.size() - from);
            batch.clear();
            for (int i = 0; i < count; i++) {
                batch.x().put(batch.add() * batch.windowSize(), windows.get(from + i));
            }
            denoiser.denoise(batch, 0, count, out);
            for (int i = 0; i < count; i++) {
                float[] clean = new float[batch.windowSize()];
                out.clean().get(i * batch.windowSize(), clean);
                cleans.add(clean);
            }
        }
        return cleans;
    }

    /** Root mean square of the residual of each channel. */
    Floats residualScale(List<float[]> cleans) {
        float[] scales = new float[channels];
        for (int channel = 0; channel < channels; channel++) {
            double sum = 0;
            for (int w = 0; w < windows.size(); w++) {
                for (int i = channel * length; i < (channel + 1) * length; i++) {
                    double residual = (double) windows.get(w)[i] - cleans.get(w)[i];
                    sum += residual * residual;
                }
            }
            float least =
                    Math.max(Float.MIN_NORMAL, LEAST_SCALE * statistics(channel).standardDeviation());
            scales[channel] = Math.max(least, (float) Math.sqrt(sum / windows.size() / length));
        }
        return Floats.owning(scales);
    }

    /** Where the windows lie; unknown if there are too few. */
    WindowRange range(List<float[]> cleans, Floats scale) {
        RangeCalibration range = new RangeCalibration(channels, length);
        for (int w = 0; w < windows.size(); w++) {
            range.add(windows.get(w), null, cleans.get(w), null, scale);
        }
        return range.range();
    }

    /** Of the windows' scores: root mean square of the residual over its scale. */
    Floats scoreQuantiles(List<float[]> cleans, Floats scale) {
        double[] scores = new double[windows.size()];
        for (int w = 0; w < scores.length; w++) {
            double sum = 0;
            for (int i = 0; i < channels * length; i++) {
                double residual = ((double) windows.get(w)[i] - cleans.get(w)[i]) / scale.at(i / length);
                sum += residual * residual;
            }
            scores[w] = Math.sqrt(sum / channels / length);
        }
        Arrays.sort(scores);
        float[] quantiles = new float[PROBABILITIES.length];
        for (int i = 0; i < quantiles.length; i++) {
            quantiles[i] = (float) scores[(int) Math.round(PROBABILITIES[i] * (scores.length - 1))];
        }
        return Floats.owning(quantiles);
    }
}
