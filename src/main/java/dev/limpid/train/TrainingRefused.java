package dev.limpid.train;

import java.io.Serial;
import java.util.List;

/** Training was not begun; the message lists everything that stands in its way. */
public final class TrainingRefused extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    public TrainingRefused(String what, List<String> problems) {
        super(what + ":\n  " + String.join("\n  ", problems));
    }
}
