package dev.limpid.train;

import java.nio.file.Path;

/**
 * Where a training keeps its state, so that it goes on as if nothing had happened after the process was killed.
 *
 * @param file written whole, then moved into place; if it is there at the start, training goes on from it
 * @param every steps between two writes
 */
public record Checkpoints(Path file, int every) {
    public Checkpoints {
        if (every < 1) {
            throw new IllegalArgumentException("checkpoints every " + every + " steps, needs at least 1");
        }
    }
}
