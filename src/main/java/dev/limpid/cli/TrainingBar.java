package dev.limpid.cli;

import dev.limpid.train.TrainingListener;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Training's progress on stderr: one line that is written over on a terminal, else a line for every twentieth part. Confined
 * to one thread.
 */
final class TrainingBar implements TrainingListener, AutoCloseable {
    private static final int WIDTH = 30;
    private final PrintWriter err;
    private final String gain;

    // from JDK 22 on there is a console even without a terminal: then lines are written over, nothing worse
    @SuppressWarnings("SystemConsoleNull")
    private final boolean terminal = System.console() != null;

    private final long start = System.nanoTime();
    private String stage = "";
    private int shown = -1;

    /** Step and time of the first report: start-up and what a checkpoint holds say nothing about the time to come. */
    private int firstStep = -1;

    private long first;

    TrainingBar(PrintWriter err) {
        this(err, "%+.2f dB");
    }

    /** @param gain format of {@link TrainingListener.Progress#gainDb}, where that is something else */
    TrainingBar(PrintWriter err, String gain) {
        this.err = err;
        this.gain = gain;
    }

    @Override
    public void features(Progress at) {
        show("features", at);
    }

    @Override
    public void progress(Progress at) {
        show("train", at);
    }

    private void show(String of, Progress at) {
        if (!stage.equals(of)) {
            if (!stage.isEmpty()) {
                close();
            }
            stage = of;
            shown = -1;
            firstStep = -1;
        }
        if (firstStep < 0) {
            firstStep = at.step();
            first = System.nanoTime();
        }
        int parts = terminal ? 1000 : 20;
        int part = (int) ((long) at.step() * parts / at.steps());
        if (part == shown && at.step() < at.steps()) {
            return;
        }
        shown = part;
        int filled = (int) ((long) at.step() * WIDTH / at.steps());
        double seconds = (System.nanoTime() - start) / 1e9;
        double perStep = (System.nanoTime() - first) / 1e9 / Math.max(1, at.step() - firstStep);
        String line = String.format(
                Locale.ROOT,
                "%s [%s%s] %d/%d  loss %.4f%s  %.0f s, %.0f s to go",
                of,
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                at.step(),
                at.steps(),
                at.loss(),
                Double.isNaN(at.heldOutLoss())
                        ? ""
                        : String.format(Locale.ROOT, "  held out %.4f, " + gain, at.heldOutLoss(), at.gainDb()),
                seconds,
                perStep * (at.steps() - at.step()));
        if (terminal) {
            err.print("\r" + line);
        } else {
            err.println(line);
        }
        err.flush();
    }

    /** Ends the line, also when training ended early. */
    @Override
    public void close() {
        if (terminal) {
            err.println();
        }
    }
}
