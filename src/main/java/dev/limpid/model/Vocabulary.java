package dev.limpid.model;

import dev.limpid.signal.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokens that a model knows, in the order of their ids: the first is {@link Kind.Tokens#FIRST}. Immutable.
 */
public final class Vocabulary {
    /** Of a model that knows no tokens. */
    public static final Vocabulary EMPTY = new Vocabulary(List.of());
    /** The most tokens. */
    public static final int MAX_TOKENS = 65_536;
    /** The most characters of a token. */
    public static final int MAX_CHARACTERS = 1_024;

    private final List<Entry> entries;
    private final Map<String, Integer> ids;
    private final float[] surprise;

    /**
     * A token of the vocabulary.
     *
     * @param token its text
     * @param count how often it occurred in training
     */
    public record Entry(String token, long count) {}

    /** @throws IllegalArgumentException if a token stands twice */
    public Vocabulary(List<Entry> entries) {
        this.entries = List.copyOf(entries);
        this.ids = new HashMap<>(2 * entries.size());
        this.surprise = surprise(this.entries);
        for (int i = 0; i < entries.size(); i++) {
            if (ids.put(entries.get(i).token(), Kind.Tokens.FIRST + i) != null) {
                throw new IllegalArgumentException("token '" + entries.get(i).token() + "' stands twice");
            }
        }
    }

    /** In the order of their ids. */
    public List<Entry> entries() {
        return entries;
    }

    /** The number of ids, those of padding, masked and unknown tokens among them. */
    public int ids() {
        return Kind.Tokens.FIRST + entries.size();
    }

    /**
     * The negative logarithm of an id's frequency in training, each token counted once more than it occurred, so that none is impossible.
     *
     * @param id {@link Kind.Tokens#FIRST} or above
     */
    public float surprise(int id) {
        return surprise[id - Kind.Tokens.FIRST];
    }

    private static float[] surprise(List<Entry> entries) {
        double total = 0;
        for (Entry entry : entries) {
            total += entry.count() + 1;
        }
        float[] surprise = new float[entries.size()];
        for (int i = 0; i < surprise.length; i++) {
            surprise[i] = (float) -Math.log((entries.get(i).count() + 1) / total);
        }
        return surprise;
    }

    /** The id of {@code token}; {@link Kind.Tokens#UNKNOWN} if it is none of these. */
    public int id(String token) {
        return ids.getOrDefault(token, Kind.Tokens.UNKNOWN);
    }

    /** The text of an id of {@link Kind.Tokens#FIRST} or above. */
    public String token(int id) {
        return entries.get(id - Kind.Tokens.FIRST).token();
    }

    /** Whether the ids of {@code other} mean the same here: its tokens are the first of these. */
    public boolean begins(Vocabulary other) {
        if (other.entries.size() > entries.size()) {
            return false;
        }
        for (int i = 0; i < other.entries.size(); i++) {
            if (!other.entries.get(i).token().equals(entries.get(i).token())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Vocabulary vocabulary && vocabulary.entries.equals(entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return entries.size() + " tokens";
    }
}
