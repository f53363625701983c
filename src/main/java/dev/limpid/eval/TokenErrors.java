package dev.limpid.eval;

import dev.limpid.signal.Kind;
import java.util.OptionalDouble;

/**
 * Counts what became of tokens whose truth is known: of those that came masked or as another one, how many are as they were; of the others,
 * how many are not. A share of none is empty. Confined to one thread.
 */
public final class TokenErrors {
    private long masked;
    private long maskedRestored;
    private long replaced;
    private long replacedRestored;
    private long untouched;
    private long untouchedChanged;

    /** Takes the ids of a sequence as they were, came and left. */
    public void add(int[] was, int[] came, int[] left) {
        for (int i = 0; i < was.length; i++) {
            boolean right = left[i] == was[i];
            if (came[i] == was[i]) {
                untouched++;
                untouchedChanged += right ? 0 : 1;
            } else if (came[i] == Kind.Tokens.MASKED) {
                masked++;
                maskedRestored += right ? 1 : 0;
            } else {
                replaced++;
                replacedRestored += right ? 1 : 0;
            }
        }
    }

    public long tokens() {
        return masked + replaced + untouched;
    }

    /** Tokens that came masked. */
    public long masked() {
        return masked;
    }

    /** Tokens that came as another one. */
    public long replaced() {
        return replaced;
    }

    /** Tokens that came as they were. */
    public long untouched() {
        return untouched;
    }

    public OptionalDouble maskedRestored() {
        return share(maskedRestored, masked);
    }

    public OptionalDouble replacedRestored() {
        return share(replacedRestored, replaced);
    }

    public OptionalDouble untouchedChanged() {
        return share(untouchedChanged, untouched);
    }

    /** The share of all tokens that left as they were. */
    public OptionalDouble right() {
        return share(maskedRestored + replacedRestored + untouched - untouchedChanged, tokens());
    }

    private static OptionalDouble share(long part, long whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
    }
}
