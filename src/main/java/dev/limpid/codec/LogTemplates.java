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

    /** @param spec by which they were learned */
    public LogTemplates(List<LogTemplate> templates, Drain.Spec spec) {
        this.templates = List.copyOf(templates);
        this.tree = new TemplateTree(spec);
        templates.forEach(template -> tree.add(template.tokens().toArray(String[]::new)));
    }

    /** Those that are the tokens of a vocabulary, in its order. */
    public static LogTemplates of(Vocabulary vocabulary) {
        return new LogTemplates(
                vocabulary.entries().stream()
                        .map(entry -> LogTemplate.of(entry.token(), entry.count()))
                        .toList(),
                Drain.Spec.DEFAULT);
    }

    /** In the order of their numbers, from 0 on. */
    public List<LogTemplate> templates() {
        return templates;
    }

    /** The number of the template that a line is most like; {@link #UNKNOWN} if it is like none. */
    public int match(CharSequence line) {
        return tree.nearest(LogTokens.of(line));
    }
}
