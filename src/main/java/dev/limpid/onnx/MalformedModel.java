package dev.limpid.onnx;

import java.io.Serial;

/** A model file cannot be read on: the message says what was found, and what was wanted. */
final class MalformedModel extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    MalformedModel(String message) {
        super(message, null, false, false);
    }
}
