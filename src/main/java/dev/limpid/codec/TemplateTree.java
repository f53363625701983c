package dev.limpid.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tree of fixed depth in which {@link Drain} finds the templates that a line may belong to: by the number of its tokens, then by the first
 * one. Confined to one thread while it grows; read by any once it does not.
 */
final class TemplateTree {
    /** A closeness that no other has. */
    private static final int IDENTICAL = Integer.MAX_VALUE;

    private static final int UNLIKE = -1;
    /** Bits of a closeness for the number of places that do not contradict. */
    private static final int BITS = 12;

    private final double similarity;
    private final int mostFirst;
    private final boolean patterns;
    /** Numbers of templates by their length, then by the first token; variable: all that have none of their own. */
    private final Map<Integer, Map<String, List<Integer>>> leaves = new HashMap<>();

    private final List<String[]> templates = new ArrayList<>();

    /**
     * One that learns.
     *
     * @param similarity as in {@link Drain.Spec}
     * @param mostFirst tokens by which templates of one length are parted
     */
    TemplateTree(double similarity, int mostFirst) {
        this(similarity, mostFirst, false);
    }

    private TemplateTree(double similarity, int mostFirst, boolean patterns) {
        this.similarity = similarity;
        this.mostFirst = mostFirst;
        this.patterns = patterns;
    }

    /**
     * One that no longer changes: a line that does not contradict a template is like it, too, however much is variable there. So each line that
     * a template was learned of is.
     */
    static TemplateTree frozen(double similarity, List<LogTemplate> templates) {
        TemplateTree tree = new TemplateTree(similarity, Integer.MAX_VALUE, true);
        templates.forEach(template -> tree.add(template.tokens().toArray(String[]::new)));
        return tree;
    }

    /** The templates' tokens, by their numbers. */
    List<String[]> templates() {
        return templates;
    }

    /** Adds a template of one token or more, and gives its number. */
    int add(String... tokens) {
        Map<String, List<Integer>> byFirst = leaves.computeIfAbsent(tokens.length, length -> new HashMap<>());
        boolean own = byFirst.containsKey(tokens[0]) || byFirst.size() < mostFirst - 1;
        byFirst.computeIfAbsent(own ? tokens[0] : LogTokens.VARIABLE, none -> new ArrayList<>())
                .add(templates.size());
        templates.add(tokens);
        return templates.size() - 1;
    }

    /**
     * Of the templates that a line is like the one that it is most like; -1 if there is none. Which one that is does not depend on the order in
     * which they were added, if there was room for all first tokens.
     */
    int nearest(String... tokens) {
        Map<String, List<Integer>> byFirst = leaves.get(tokens.length);
        if (byFirst == null) {
            return -1;
        }
        int best = nearest(byFirst.get(tokens[0]), -1, tokens);
        return tokens[0].equals(LogTokens.VARIABLE) ? best : nearest(byFirst.get(LogTokens.VARIABLE), best, tokens);
    }

    private int nearest(@Nullable List<Integer> leaf, int than, String... tokens) {
        int best = than;
        int greatest = than < 0 ? UNLIKE : closeness(templates.get(than), tokens);
        for (int i = 0; leaf != null && i < leaf.size() && greatest != IDENTICAL; i++) {
            int number = leaf.get(i);
            int closeness = closeness(templates.get(number), tokens);
            if (closeness > greatest
                    || (closeness == greatest
                            && best >= 0
                            && Arrays.compare(templates.get(number), templates.get(best)) < 0)) {
                greatest = closeness;
                best = number;
            }
        }
        return best;
    }

    /** First by how many tokens that are not variable are the same, then by how few contradict. */
    private int closeness(String[] template, String... tokens) {
        int same = 0;
        int different = 0;
        int contradicting = 0;
        for (int i = 0; i < tokens.length; i++) {
            boolean variable = template[i].equals(LogTokens.VARIABLE);
            if (!template[i].equals(tokens[i])) {
                different++;
                contradicting += variable ? 0 : 1;
            } else if (!variable) {
                same++;
            }
        }
        if (different == 0) {
            return IDENTICAL;
        }
        boolean like = same >= similarity * (same + different) || (patterns && same > 0 && contradicting == 0);
        return like ? (same << BITS) + tokens.length - contradicting : UNLIKE;
    }

    /** Makes the places of a template variable at which a line differs. */
    void merge(int number, String... tokens) {
        String[] template = templates.get(number);
        for (int i = 0; i < tokens.length; i++) {
            if (!template[i].equals(tokens[i])) {
                template[i] = LogTokens.VARIABLE;
            }
        }
    }

    @Override
    public String toString() {
        return templates.stream().map(Arrays::toString).toList().toString();
    }
}
