package dev.limpid.onnx;

import java.io.Serial;
import java.util.List;

/** A model file is not fit for use. The message names the model and every problem found. */
public final class ModelRefused extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /**
     * @param subject the model as {@code name:version}, or its file if that is not known yet
     * @param problems what is wrong, each a phrase with got, wanted and remedy
     */
    public ModelRefused(String subject, List<String> problems) {
        super("model " + subject + " refused: " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
