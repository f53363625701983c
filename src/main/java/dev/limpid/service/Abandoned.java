package dev.limpid.service;

import java.io.Serial;

/** A round is given up because the trainer stops, or another one was elected. */
final class Abandoned extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    Abandoned() {
        super("the round is given up");
    }
}
