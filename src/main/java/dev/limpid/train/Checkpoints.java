package dev.limpid.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a training keeps its state, so that it goes on as if nothing had happened after the process was killed.
 *
 * @param file written whole, then moved into place; if it is there at the start, training goes on from it
 * @param every steps between two writes
 */
public record Checkpoints(Path file, int every) {
    /** What {@link Loss#features} are taken from. */
    static final String FEATURES = "features";

    public Checkpoints {
        if (every < 1) {
            throw new IllegalArgumentException("checkpoints every " + every + " steps, needs at least 1");
        }
    }

    /** Those of what is trained before, as {@code what}. */
    Checkpoints beside(String what) {
        return new Checkpoints(file.resolveSibling(file.getFileName() + "." + what), every);
    }

    /** Removes what a training left: its model is written. */
    public void remove() throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(beside(FEATURES).file());
    }

    /** Fits, from the file on if it is there, and writes it now and then. */
    Fitter.Fitted fit(Fitter fitter, TrainingListener listener, String identity) throws TrainingRefused, IOException {
        Path place = file.toAbsolutePath();
        if (Files.exists(place)) {
            fitter.restore(Checkpoint.read(place, identity));
        }
        return fitter.fit(listener, step -> {
            if (step % every == 0) {
                try {
                    fitter.checkpoint().write(place, identity);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
    }
}
