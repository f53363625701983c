package dev.limpid.onnx;

import java.io.Serial;
import java.util.List;

/** A model file is not fit for use. The message names the model and every problem found. */
public final class ModelRefused extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final AdmissionCheck check;
    private final boolean passing;
    private final transient List<String> problems;

    /**
     * @param check the check that it did not pass
     * @param subject the model as {@code name:version}, or its file if that is not known yet
     * @param problems what is wrong, each a phrase with got, wanted and remedy
     */
    public ModelRefused(AdmissionCheck check, String subject, List<String> problems) {
        this(check, subject, problems, false);
    }

    /** @param passing whether it may mend by itself: the host was too busy or too full */
    ModelRefused(AdmissionCheck check, String subject, List<String> problems, boolean passing) {
        super("model " + subject + " refused: " + String.join("\n  ", problems));
        this.check = check;
        this.passing = passing;
        this.problems = List.copyOf(problems);
    }

    /** The check that it did not pass. */
    public AdmissionCheck check() {
        return check;
    }

    /** Whether the same model may pass another time: its trial ran out of time or memory, or was killed. */
    public boolean passing() {
        return passing;
    }

    public List<String> problems() {
        return problems;
    }
}
