package dev.limpid.train.tokens;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Single tokens lost without a trace, as in BART (Lewis et al. 2020, ACL). At least one is left.
 *
 * @param share of the tokens, each by itself; drawn evenly for each window
 */
public record DeletedTokens(double chance, Interval share) implements TokenDisturbance {
    @Override
    public void strike(SpoiltTokens window, RandomGenerator random) {
        double drawn = share.even(random);
        for (int i = window.size - 1; i >= 0 && window.size > 1; i--) {
            if (random.nextDouble() < drawn) {
                window.delete(i, 1);
            }
        }
    }

    @Override
    public String phrase() {
        return share + " of the tokens deleted";
    }

    @Override
    public List<String> problems() {
        return TokenDisturbance.problems(chance, "share", share, 0, 0.9);
    }
}
