package dev.limpid.onnx;

import java.io.Serial;
import java.util.List;

/** A model file is not fit for use. The message names the model and every problem found. */
public final class ModelRefused extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final AdmissionCheck check;
    private final transient List<String> problems;

    /**
     * @param check the check that it did not pass
     * @param subject the model as {@code name:version}, or its file if that is not known yet
     * @param problems what is wrong, each a phrase with got, wanted and remedy
     */
    public ModelRefused(AdmissionCheck check, String subject, List<String> problems) {
        super("model " + subject + " refused: " + String.join("\n  ", problems));
        this.check = check;
        this.problems = List.copyOf(problems);
    }

    /** The check that it did not pass. */
    public AdmissionCheck check() {
        return check;
    }

    public List<String> problems() {
        return problems;
    }
}
