package dev.limpid.codec;

import dev.limpid.model.Vocabulary;
import java.util.List;

/**
 * Templates that no longer change: they turn a log line into a token. Their list is all there is of them, so they go into a model's
 * metadata and come back the same. Immutable, safe for use by several threads.
 */
public final class LogTemplates {
    /** The number of a line that is like none of them. */
    public static final int UNKNOWN = -1;

    private final List<LogTemplate> templates;
    private final TemplateTree tree;

    /** @param similarity as in {@link Drain.Spec} */
    public LogTemplates(List<LogTemplate> templates, double similarity) {
        this.templates = List.copyOf(templates);
        this.tree = TemplateTree.frozen(similarity, templates);
    }

    /** Those that are the tokens of a vocabulary, in its order. */
    public static LogTemplates of(Vocabulary vocabulary) {
        return new LogTemplates(
                vocabulary.entries().stream()
                        .map(entry -> LogTemplate.of(entry.token(), entry.count()))
                        .toList(),
                Drain.Spec.DEFAULT.similarity());
    }

    /** In the order of their numbers, from 0 on. */
    public List<LogTemplate> templates() {
        return templates;
    }

    /**
     * The number of the template that a line, its header left out, is most like; {@link #UNKNOWN} if it is like none. It depends on which
     * templates there are, not on their order, and not on those that no line is most like.
     */
    public int match(CharSequence content) {
        return match(LogTokens.of(content));
    }

    int match(String... tokens) {
        return tokens.length == 0 ? UNKNOWN : tree.nearest(tokens);
    }
}
