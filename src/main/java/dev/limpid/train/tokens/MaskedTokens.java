package dev.limpid.train.tokens;

import dev.limpid.signal.Kind;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Single tokens known to be missing, as in BERT (Devlin et al. 2019, NAACL).
 *
 * @param share of the tokens, each by itself; drawn evenly for each window
 */
public record MaskedTokens(double chance, Interval share) implements TokenDisturbance {
    @Override
    public void strike(SpoiltTokens window, RandomGenerator random) {
        double drawn = share.even(random);
        for (int i = 0; i < window.size; i++) {
            if (random.nextDouble() < drawn) {
                window.ids[i] = Kind.Tokens.MASKED;
            }
        }
    }

    @Override
    public String phrase() {
        return share + " of the tokens masked";
    }

    @Override
    public List<String> problems() {
        return TokenDisturbance.problems(chance, "share", share, 0, 1);
    }
}
