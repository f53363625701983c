package dev.limpid.train.tokens;

import dev.limpid.signal.Kind;
import java.util.Arrays;

/**
 * One window of tokens while it is spoilt; reused for every window and confined to one thread. What stands at a place, what should stand
 * there, and how many tokens are missing before it move together.
 */
public final class SpoiltTokens {
    /** What the window has become. */
    final int[] ids;

    /** What should stand there. */
    final int[] target;

    /** Tokens that were taken away right before that place. */
    final int[] missing;

    /** Tokens in it; padding follows. */
    int size;

    /** Of the vocabulary, to draw from. */
    final TokenFrequencies frequencies;

    public SpoiltTokens(int length, TokenFrequencies frequencies) {
        this.ids = new int[length];
        this.target = new int[length];
        this.missing = new int[length];
        this.frequencies = frequencies;
    }

    /** Takes a window over, as it is. */
    public void load(int[] window) {
        System.arraycopy(window, 0, ids, 0, ids.length);
        System.arraycopy(window, 0, target, 0, ids.length);
        Arrays.fill(missing, 0);
        size = 0;
        while (size < ids.length && ids[size] != Kind.Tokens.PADDING) {
            size++;
        }
    }

    /** Tokens in it. */
    public int size() {
        return size;
    }

    /** What stands at {@code place}. */
    public int id(int place) {
        return ids[place];
    }

    /** What should stand there. */
    public int target(int place) {
        return target[place];
    }

    /** How many tokens are missing right before {@code place}. */
    public int missing(int place) {
        return missing[place];
    }

    /** Takes the tokens of {@code place} and {@code count - 1} behind it away; the one after them knows. */
    void delete(int place, int count) {
        int after = place + count;
        int gone = 0;
        for (int i = place; i < after; i++) {
            gone += 1 + missing[i];
        }
        for (int[] values : new int[][] {ids, target, missing}) {
            System.arraycopy(values, after, values, place, size - after);
            Arrays.fill(values, size - count, size, 0);
        }
        size -= count;
        if (place < size) {
            missing[place] += gone;
        }
    }

    /** Puts the tokens in another order, each place's own target staying: place {@code i} gets what stood at {@code order[i]}. */
    void reorder(int[] order) {
        int[] before = Arrays.copyOf(ids, size);
        for (int i = 0; i < size; i++) {
            ids[i] = before[order[i]];
        }
    }
}
