package dev.limpid.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tree of fixed depth in which {@link Drain} finds the templates that a line may belong to: by the number of its tokens, then by the first
 * few of them. Confined to one thread while it grows; read by any once it does not.
 */
final class TemplateTree {
    private final Drain.Spec spec;
    private final Map<Integer, Node> byLength = new HashMap<>();
    private final List<String[]> templates = new ArrayList<>();

    private static final class Node {
        final Map<String, Node> children = new HashMap<>();
        final List<Integer> leaf = new ArrayList<>();
    }

    TemplateTree(Drain.Spec spec) {
        this.spec = spec;
    }

    /** The templates' tokens, by their numbers. */
    List<String[]> templates() {
        return templates;
    }

    /** Adds a template and gives its number. */
    int add(String... tokens) {
        Node node = byLength.computeIfAbsent(tokens.length, length -> new Node());
        for (int depth = 0; depth < Math.min(spec.depth(), tokens.length); depth++) {
            node = child(node, tokens[depth]);
        }
        templates.add(tokens);
        node.leaf.add(templates.size() - 1);
        return templates.size() - 1;
    }

    private Node child(Node node, String token) {
        Node known = node.children.get(token);
        if (known != null) {
            return known;
        }
        // the last child is for whatever has none of its own
        String key = node.children.size() < spec.mostChildren() - 1 ? token : LogTokens.VARIABLE;
        return node.children.computeIfAbsent(key, none -> new Node());
    }

    /** The template whose places have the most tokens in common with a line's, if these are enough of all; -1 if there is none. */
    int nearest(String... tokens) {
        Node node = byLength.get(tokens.length);
        for (int depth = 0; node != null && depth < Math.min(spec.depth(), tokens.length); depth++) {
            Node next = node.children.get(tokens[depth]);
            node = next == null ? node.children.get(LogTokens.VARIABLE) : next;
        }
        int best = -1;
        int most = -1;
        int fewest = Integer.MAX_VALUE;
        for (int number : node == null ? List.<Integer>of() : node.leaf) {
            String[] template = templates.get(number);
            int same = 0;
            int variables = 0;
            for (int i = 0; i < tokens.length; i++) {
                boolean variable = template[i].equals(LogTokens.VARIABLE);
                variables += variable ? 1 : 0;
                same += variable || template[i].equals(tokens[i]) ? 1 : 0;
            }
            // of equally near ones the one that says more
            if (same > most || (same == most && variables < fewest)) {
                most = same;
                fewest = variables;
                best = number;
            }
        }
        return most >= spec.similarity() * tokens.length ? best : -1;
    }

    /** Makes the places of a template variable at which a line differs; whether there were any. */
    boolean merge(int number, String... tokens) {
        String[] template = templates.get(number);
        boolean changed = false;
        for (int i = 0; i < tokens.length; i++) {
            if (!template[i].equals(tokens[i]) && !template[i].equals(LogTokens.VARIABLE)) {
                template[i] = LogTokens.VARIABLE;
                changed = true;
            }
        }
        return changed;
    }

    @Override
    public String toString() {
        return templates.stream().map(Arrays::toString).toList().toString();
    }
}
