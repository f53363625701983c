package dev.limpid.train.tokens;

import dev.limpid.model.Vocabulary;
import dev.limpid.signal.Kind;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Draws tokens as often as training saw them. Immutable. */
public final class TokenFrequencies {
    private final double[] upTo;

    public TokenFrequencies(Vocabulary vocabulary) {
        this.upTo = new double[vocabulary.entries().size()];
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            sum += Math.max(1, vocabulary.entries().get(i).count());
            upTo[i] = sum;
        }
    }

    int draw(RandomGenerator random) {
        int found = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
        return Kind.Tokens.FIRST + Math.min(upTo.length - 1, found < 0 ? ~found : found + 1);
    }
}
