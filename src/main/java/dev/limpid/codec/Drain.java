package dev.limpid.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Learns templates from raw log lines, one after the other (He, Zhu, Zheng and Lyu 2017, "Drain: an online log parsing approach with fixed depth
 * tree", ICWS): a line joins the nearest template of as many tokens that begins alike, and what differs becomes variable; or it founds one.
 * Other than there, a place that is variable already counts as common, so that a template does not wear out. Confined to one thread.
 */
public final class Drain {
    private final TemplateTree tree;
    private final List<Long> lines = new ArrayList<>();
    private final Spec spec;

    /**
     * How lines are told apart.
     *
     * @param depth first tokens that must be the same
     * @param similarity share of a line's tokens that it must have in common with a template
     * @param mostChildren of a node of the tree; rarer beginnings share one
     * @param mostTemplates after which nothing new is learned
     */
    public record Spec(int depth, double similarity, int mostChildren, int mostTemplates) {
        public static final Spec DEFAULT = new Spec(1, 0.5, 128, 4096);

        public Spec {
            if (depth < 0
                    || depth > 16
                    || mostChildren < 2
                    || mostTemplates < 1
                    || !(similarity > 0 && similarity <= 1)) {
                throw new IllegalArgumentException("drain: depth " + depth + " needs 0 to 16, similarity " + similarity
                        + " more than 0 up to 1, children " + mostChildren + " at least 2, templates " + mostTemplates
                        + " at least 1");
            }
        }
    }

    public Drain(Spec spec) {
        this.spec = spec;
        this.tree = new TemplateTree(spec);
    }

    /** Takes a line in; gives the number of its template, or {@link LogTemplates#UNKNOWN} if there is no room for another. */
    public int learn(CharSequence line) {
        String[] tokens = LogTokens.of(line);
        int number = tree.nearest(tokens);
        if (number >= 0) {
            tree.merge(number, tokens);
            lines.set(number, lines.get(number) + 1);
            return number;
        }
        if (lines.size() == spec.mostTemplates()) {
            return LogTemplates.UNKNOWN;
        }
        lines.add(1L);
        return tree.add(tokens);
    }

    /** What was learned, as it will stay. */
    public LogTemplates freeze() {
        List<LogTemplate> templates = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            templates.add(new LogTemplate(Arrays.asList(tree.templates().get(i)), lines.get(i)));
        }
        return new LogTemplates(templates, spec);
    }
}
