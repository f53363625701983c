package dev.limpid.codec;

import dev.limpid.definition.Definition;
import dev.limpid.model.Vocabulary;
import java.util.Optional;

/** Finds out which tokens there are, where nobody has a vocabulary yet. Memory is bounded. Confined to one thread. */
public sealed interface TokenLearner permits TextLearner, LogLearner {
    /** Takes in the text of a token; of a log, the content of a line. */
    void learn(String text);

    /** What was found, behind that which it began with. */
    Vocabulary vocabulary();

    /** For people: what there was no room for; empty if there was for all. */
    Optional<String> shortage();

    /**
     * Of what a format holds.
     *
     * @param first what the vocabulary begins with
     */
    static TokenLearner of(Definition.Format format, Vocabulary first) {
        return format == Definition.Format.DRAIN ? new LogLearner(first) : new TextLearner(first);
    }
}
