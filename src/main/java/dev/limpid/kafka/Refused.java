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

    /** Whether it may mend by itself, and no announcement would tell: a file elsewhere, a host that is too busy or too full. */
    boolean untold() {
        return passing && !check.equals("manifest") && !check.equals("chunks");
    }

    /** Whether what a version lacked then is there now. */
    boolean mayPassNow(Catalogue.Version announced) {
        String lacks = announced.manifest().isEmpty()
                ? "manifest"
                : announced.missing().isEmpty() ? "" : "chunks";
        return passing && !check.equals("reference") && !check.equals(lacks);
    }
}
