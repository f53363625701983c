package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.model.ModelSlot;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.Tally;
import dev.limpid.score.WindowScore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code limpid denoise} does with a file of frames. Used once, by one thread. */
final class FrameDenoiseFile implements FrameDenoise.Listener {
    private final OutputStream out;
    private final ScoresCsv scores;
    private final FrameDenoise run;

    /** @param slot the model; stays the caller's */
    FrameDenoiseFile(Definition definition, ModelSlot slot, OutputStream out, ScoresCsv scores) {
        this.out = out;
        this.scores = scores;
        this.run = new FrameDenoise(definition, slot, this);
    }

    /** Row {@code i} of the output is row {@code i} of the input. */
    Map<String, Object> run(Path input) throws IOException {
        Tally tally;
        try (FrameRows in = new FrameRows(input)) {
            tally = run.run(in);
        }
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("frames", run.rows());
        summary.put("accepted", tally.accepted());
        summary.put("cleaned", tally.cleaned());
        summary.put("imputed", tally.imputed());
        summary.put("fallback", tally.fallback());
        summary.put("passedThrough", tally.passedThrough());
        summary.put("windows", tally.windows());
        return summary;
    }

    @Override
    public void cleaned(long row, CleanedBlock frame) throws IOException {
        out.write(run.row(frame));
    }

    @Override
    public void score(WindowScore score) throws IOException {
        scores.write(FrameDenoise.SERIES, score);
    }
}
