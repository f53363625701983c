package dev.limpid.onnx;

import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Outputs;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.signal.Kind;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Runs a model before it is let in: its golden windows, the same windows in batches of other sizes, and the clock. A
 * rehearsal warms the session up as well.
 */
final class Rehearsal {
    private static final int[] SIZES = {1, 2, 3, 7, 16, 64};
    /** Greatest difference, relative to a value's size if that is above 1, between batch sizes on CUDA. */
    private static final float CUDA_TOLERANCE = 1e-4f;

    private static final int TIMED_RUNS = 5;

    private final Denoiser denoiser;
    private final ModelMetadata metadata;
    private final boolean byteEqual;
    private final WindowBatch batch;
    private final Reconstruction whole;
    private final Reconstruction parts;

    Rehearsal(Denoiser denoiser, ModelMetadata metadata, int maxWindows, boolean byteEqual) {
        ModelSpec spec = denoiser.spec();
        int channels = spec.channels().size();
        int capacity = Math.max(maxWindows, metadata.golden().size());
        this.denoiser = denoiser;
        this.metadata = metadata;
        this.byteEqual = byteEqual;
        this.batch = new WindowBatch(capacity, channels, spec.length());
        this.whole = new Reconstruction(capacity, channels, spec.length());
        this.parts = new Reconstruction(capacity, channels, spec.length());
    }

    /** What is wrong with its answers to the golden windows. */
    List<String> golden() {
        return trying(this::golden);
    }

    /** What is wrong with its answers to the same windows in batches of other sizes. */
    List<String> invariance() {
        return trying(this::invariance);
    }

    private List<String> trying(Part part) {
        List<String> problems = new ArrayList<>();
        try {
            part.run(problems);
        } catch (DenoiserException e) {
            problems.add("it fails on its golden windows: " + Problems.shortened(e.getMessage()));
        }
        return problems;
    }

    /** A part of the rehearsal, which adds what is wrong. */
    private interface Part {
        void run(List<String> problems) throws DenoiserException;
    }

    /** Nanoseconds per window in a full batch, the best of a few runs; after {@link #invariance()}. */
    long nanosPerWindow() throws DenoiserException {
        long best = Long.MAX_VALUE;
        for (int run = 0; run < TIMED_RUNS; run++) {
            long start = System.nanoTime();
            denoiser.denoise(batch, 0, batch.size(), whole);
            best = Math.min(best, System.nanoTime() - start);
        }
        return Math.max(1, best / batch.size());
    }

    private void golden(List<String> problems) throws DenoiserException {
        batch.clear();
        for (ModelMetadata.GoldenWindow window : metadata.golden()) {
            put(window, 0, new SplittableRandom(0));
        }
        denoiser.denoise(batch, 0, batch.size(), whole);
        finite("clean", whole.clean(), problems);
        if (denoiser.spec().error()) {
            finite("error", whole.error(), problems);
        }
        if (denoiser.spec().outputs().score()) {
            finite("score", whole.score(), 1, problems);
        }
        possible(problems);
        if (!problems.isEmpty()) {
            return;
        }
        for (int i = 0; i < batch.size(); i++) {
            ModelMetadata.GoldenWindow window = metadata.golden().get(i);
            float worst = worstDifference(i, window);
            float tolerance = byteEqual ? window.tolerance() : Math.max(window.tolerance(), CUDA_TOLERANCE);
            if (!(worst <= tolerance)) {
                problems.add("golden window " + i + " differs by " + worst + ", its tolerance is " + tolerance
                        + "; export the model again");
            }
        }
    }

    private void finite(String output, FloatBuffer values, List<String> problems) {
        finite(output, values, batch.windowSize(), problems);
    }

    /** @param each values of a window */
    private void finite(String output, FloatBuffer values, int each, List<String> problems) {
        for (int i = 0; i < batch.size() * each; i++) {
            if (!Float.isFinite(values.get(i))) {
                problems.add("golden window " + i / each + " gives " + values.get(i) + " in output '" + output
                        + "', wanted finite values; train the model again");
                return;
            }
        }
    }

    /** What else it says of the windows can be. */
    private void possible(List<String> problems) {
        for (int window = 0; window < batch.size(); window++) {
            String problem = denoiser.spec().outputs().problem(whole, window, batch.windowSize());
            if (problem != null) {
                problems.add("golden window " + window + " " + problem + "; train the model again");
                return;
            }
        }
    }

    /** Greatest absolute difference from the expected values; NaN if one of them is. */
    private float worstDifference(int row, ModelMetadata.GoldenWindow window) {
        float worst = 0;
        for (int i = 0; i < batch.windowSize(); i++) {
            float got = whole.clean().get(row * batch.windowSize() + i);
            worst = Math.max(worst, Math.abs(got - window.expected().at(i))); // max keeps NaN
        }
        return worst;
    }

    /** Fills the batch with noisy copies of the golden windows and runs them whole, then in parts of other sizes. */
    private void invariance(List<String> problems) throws DenoiserException {
        SplittableRandom random = new SplittableRandom(1);
        batch.clear();
        for (int i = 0; !batch.full(); i++) {
            put(metadata.golden().get(i % metadata.golden().size()), 0.1f, random);
        }
        denoiser.denoise(batch, 0, batch.size(), whole);
        for (int size : SIZES) {
            if (size >= batch.size()) {
                break;
            }
            for (int from = 0; from < batch.size(); from += size) {
                denoiser.denoise(batch, from, Math.min(batch.size(), from + size), parts);
            }
            int values = batch.size() * batch.windowSize();
            if (!same(whole.clean(), parts.clean(), values)
                    || (denoiser.spec().error() && !same(whole.error(), parts.error(), values))
                    || !sameOthers(values)) {
                problems.add("its answer depends on the batch: " + batch.size() + " windows at once and " + size
                        + " at a time differ; export it without operators that mix windows");
                return;
            }
        }
    }

    private boolean sameOthers(int values) {
        Outputs outputs = denoiser.spec().outputs();
        int width = outputs.embedding();
        return (!outputs.confidence() || same(whole.confidence(), parts.confidence(), values))
                && (!outputs.missingBefore() || same(whole.missingBefore(), parts.missingBefore(), values))
                && (!outputs.missingCount() || same(whole.missingCount(), parts.missingCount(), values))
                && (!outputs.score() || same(whole.score(), parts.score(), batch.size()))
                && (!outputs.reason() || same(whole.reason(), parts.reason(), batch.size()))
                && (!outputs.contribution() || same(whole.contribution(), parts.contribution(), values))
                && (width == 0 || same(whole.embedding(width), parts.embedding(width), batch.size() * width));
    }

    /** On CUDA two that are about as likely may change places. */
    private boolean same(LongBuffer a, LongBuffer b, int values) {
        return !byteEqual || a.slice(0, values).equals(b.slice(0, values));
    }

    private boolean same(FloatBuffer a, FloatBuffer b, int values) {
        for (int i = 0; i < values; i++) {
            float left = a.get(i);
            float right = b.get(i);
            boolean equal = byteEqual
                    ? Float.floatToRawIntBits(left) == Float.floatToRawIntBits(right)
                    : Math.abs(left - right) <= CUDA_TOLERANCE * Math.max(1, Math.abs(left));
            if (!equal) {
                return false;
            }
        }
        return true;
    }

    /** @param noise relative to the value; the share of tokens that are replaced */
    private float noisy(float value, float noise, SplittableRandom random) {
        if (noise == 0) {
            return value;
        }
        if (denoiser.spec().kind() instanceof Kind.Tokens) {
            boolean replaced = value != Kind.Tokens.PADDING && random.nextDouble() < noise;
            int ids = denoiser.spec().vocabulary().ids();
            return replaced ? Kind.Tokens.MASKED + random.nextInt(ids - Kind.Tokens.MASKED) : value;
        }
        return value * (1 + noise * (float) (2 * random.nextDouble() - 1));
    }

    /** @param noise see {@link #noisy} */
    private void put(ModelMetadata.GoldenWindow window, float noise, SplittableRandom random) {
        int first = batch.add() * batch.windowSize();
        for (int i = 0; i < batch.windowSize(); i++) {
            batch.x().put(first + i, noisy(window.input().at(i), noise, random));
            batch.observed()
                    .put(
                            first + i,
                            window.observed().length() == 0
                                    ? 1
                                    : window.observed().at(i));
        }
    }
}
