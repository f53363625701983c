package dev.limpid.kafka;

import java.io.Serial;

/** An announced model, or a pointer, does not count here. The message has what was got and wanted, and the remedy. */
final class Refused extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String check;
    private final boolean passing;

    /**
     * @param check which check: one word, for counting
     * @param passing whether it may mend by itself: something has not arrived yet, or cannot be reached now
     */
    Refused(String check, String message, boolean passing) {
        super(message);
        this.check = check;
        this.passing = passing;
    }

    String check() {
        return check;
    }

    boolean passing() {
        return passing;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
