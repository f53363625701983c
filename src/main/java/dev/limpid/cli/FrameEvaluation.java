package dev.limpid.cli;

import dev.limpid.codec.FrameRow;
import dev.limpid.definition.Definition;
import dev.limpid.eval.FrameError;
import dev.limpid.eval.FrameExamples;
import dev.limpid.eval.FrameRange;
import dev.limpid.eval.filter.ClassicalFilter;
import dev.limpid.eval.filter.FrameFilter;
import dev.limpid.eval.report.FrameReport;
import dev.limpid.model.ModelSlot;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.signal.Block;
import dev.limpid.signal.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How good a model is on frames whose truth is known, beside a median and a blur. Everything in memory; used once, by one thread. */
final class FrameEvaluation implements FrameDenoise.Listener {
    private final Definition definition;
    private final Definition.Pixels pixels;
    private final int channels;
    private final List<float[]> noisy;
    private final List<float[]> truth;
    private final List<float[]> cleaned = new ArrayList<>();
    private final Map<String, FrameError> errors = new LinkedHashMap<>();
    private final Map<String, List<float[]>> frames = new LinkedHashMap<>();

    /** @param slot the model; stays the caller's */
    FrameEvaluation(Definition definition, ModelSlot slot, Path input, Path clean) throws IOException {
        this.definition = definition;
        this.pixels = definition.input().pixels().orElseThrow();
        this.channels = definition.input().channels().size();
        this.noisy = read(input);
        this.truth = read(clean);
        if (noisy.size() != truth.size() || noisy.isEmpty()) {
            throw new IllegalArgumentException(
                    input + " has " + noisy.size() + " frames, " + clean + " has " + truth.size());
        }
        try (FrameRows in = new FrameRows(input)) {
            new FrameDenoise(definition, slot, this).run(in);
        }
        grade("model " + definition.model().name(), cleaned);
        grade("as they come", noisy);
        for (ClassicalFilter filter : FrameFilter.standard(new Kind.Frame(pixels.height(), pixels.width(), 1))) {
            grade(filter.family() + " " + filter.parameters(0), each(filter));
        }
    }

    private List<float[]> read(Path file) throws IOException {
        FrameRow layout = new FrameRow(definition.input(), pixels);
        List<float[]> all = new ArrayList<>();
        try (FrameRows in = new FrameRows(file)) {
            for (byte[] line = in.next(); line != null; line = in.next()) {
                Block block = new Block(channels);
                block.begin(0);
                String problem = layout.read(line, block);
                if (problem != null) {
                    throw new IllegalArgumentException(file + ": row " + (all.size() + 1) + ": " + problem);
                }
                float[] planes = new float[block.size()];
                for (int i = 0; i < planes.length; i++) {
                    planes[i] = block.value(i % block.length(), i / block.length());
                }
                all.add(planes);
            }
        }
        return all;
    }

    @Override
    public void cleaned(long row, CleanedBlock frame) {
        float[] planes = new float[frame.length() * channels];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = frame.clean(i % frame.length(), i / frame.length());
        }
        cleaned.add(planes);
    }

    /** The noisy frames filtered; a missing pixel is black. */
    private List<float[]> each(ClassicalFilter filter) {
        List<float[]> all = new ArrayList<>();
        for (float[] frame : noisy) {
            float[] whole = frame.clone();
            for (int i = 0; i < whole.length; i++) {
                whole[i] = Float.isNaN(whole[i]) ? pixels.low() : whole[i];
            }
            all.add(filter.clean(whole, 0));
        }
        return all;
    }

    private void grade(String method, List<float[]> of) {
        FrameError error = new FrameError(range());
        for (int i = 0; i < truth.size(); i++) {
            error.add(truth.get(i), of.get(i), pixels.low());
        }
        errors.put(method, error);
        frames.put(method, of);
    }

    /** As the definition says of integers; of other numbers, what the truth spans. */
    private FrameRange range() {
        Definition.Format format = definition.input().format();
        return format == Definition.Format.U8 || format == Definition.Format.IMAGE
                ? new FrameRange(pixels.low(), pixels.high())
                : FrameRange.of(truth);
    }

    /** The figures of each method, titles first. */
    List<List<String>> table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("method", "PSNR (dB)", "gain (dB)", "MSE", "worse"));
        FrameError came = errors.getOrDefault("as they come", new FrameError(range()));
        errors.forEach((method, error) -> rows.add(List.of(
                method,
                text(2, error.psnrDb()),
                text(2, error.psnrDb() - came.psnrDb()),
                text(6, error.mse()),
                error.worseThan(came) + " of " + truth.size())));
        return rows;
    }

    /** For programs. */
    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("frames", truth.size());
        errors.forEach((method, error) -> figures.put(method + ", PSNR dB", Math.rint(100 * error.psnrDb()) / 100));
        FrameError model = errors.values().iterator().next();
        figures.put("model, MSE", model.mse());
        figures.put("worse", model.worseThan(errors.getOrDefault("as they come", model)));
        return figures;
    }

    /** The page's frames: from the best cleaned to the worst, evenly over their ranks. */
    List<FrameReport.Row> examples() {
        List<Integer> shown =
                FrameExamples.shown(errors.values().iterator().next().ofFrames());
        List<FrameReport.Row> rows = new ArrayList<>();
        rows.add(new FrameReport.Row("truth", shown.stream().map(truth::get).toList()));
        frames.forEach((method, of) ->
                rows.add(new FrameReport.Row(method, shown.stream().map(of::get).toList())));
        return rows;
    }

    private static String text(int digits, double value) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
