package dev.limpid.model;

import java.io.Serial;

/** A run of a model failed. The batch can be tried again in halves, to find the window that is at fault. */
public final class DenoiserException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    public DenoiserException(String message, Throwable cause) {
        super(message, cause);
    }

    public DenoiserException(String message) {
        super(message);
    }
}
