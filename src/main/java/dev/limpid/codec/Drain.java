package dev.limpid.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Learns templates from log lines without their headers, one after the other (He, Zhu, Zheng and Lyu 2017, "Drain: an online log parsing approach
 * with fixed depth tree", ICWS): a line joins the nearest template of as many tokens that begins alike, and what differs becomes variable; or it
 * founds one. Nearest is the one with the most tokens in common; a place that is variable is not common, or a template of little else would
 * swallow all lines of its length. Other than there, a place that is variable in both says nothing for or against, so that one similarity does for
 * lines of many numbers, too. Confined to one thread.
 */
public final class Drain {
    private final TemplateTree tree;
    private final List<Long> lines = new ArrayList<>();
    private final Spec spec;

    /**
     * How lines are told apart.
     *
     * @param similarity share of the places that are not variable in both, which a line must have in common with a template
     * @param mostFirst tokens that part the templates of one length, each the first of some; rarer beginnings share a place
     * @param mostTemplates after which nothing new is learned
     */
    public record Spec(double similarity, int mostFirst, int mostTemplates) {
        public static final Spec DEFAULT = new Spec(0.6, 128, 4096);

        public Spec {
            if (mostFirst < 2 || mostTemplates < 0 || !(similarity > 0 && similarity <= 1)) {
                throw new IllegalArgumentException("drain: similarity " + similarity + " needs more than 0 up to 1, "
                        + mostFirst + " first tokens at least 2, " + mostTemplates + " templates at least 0");
            }
        }
    }

    public Drain(Spec spec) {
        this.spec = spec;
        this.tree = new TemplateTree(spec.similarity(), spec.mostFirst());
    }

    /**
     * Takes a line in, its header left out; gives the number of its template, or {@link LogTemplates#UNKNOWN} if there is no room for another.
     */
    public int learn(CharSequence content) {
        return learn(LogTokens.of(content));
    }

    int learn(String... tokens) {
        if (tokens.length == 0) {
            return LogTemplates.UNKNOWN;
        }
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
        return new LogTemplates(templates, spec.similarity());
    }
}
