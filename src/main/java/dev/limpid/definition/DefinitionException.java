package dev.limpid.definition;

import java.io.Serial;
import java.util.List;

/** A pipeline definition is refused: the message lists every problem, one per line, each with its path. */
public final class DefinitionException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String source;
    private final List<String> problems;

    /** @param source what was read, usually a file's name */
    public DefinitionException(String source, List<String> problems) {
        super(source + " refused, " + (problems.size() == 1 ? "1 problem" : problems.size() + " problems") + ":\n  "
                + String.join("\n  ", problems));
        this.source = source;
        this.problems = List.copyOf(problems);
    }

    public String source() {
        return source;
    }

    public List<String> problems() {
        return problems;
    }
}
