package dev.limpid.train.tokens;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Tokens out of order, none further than {@code reach} places from its own: sorted by place plus a number from 0 to {@code reach + 1}, as
 * Lample et al. (2018, ICLR) shuffle words.
 *
 * @param reach tokens; drawn evenly among the whole numbers
 */
public record PermutedTokens(double chance, Interval reach) implements TokenDisturbance {
    @Override
    public void strike(SpoiltTokens window, RandomGenerator random) {
        int most = reach.whole(random);
        double[] keys = new double[window.size];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = i + random.nextDouble() * (most + 1);
        }
        window.reorder(IntStream.range(0, keys.length)
                .boxed()
                .sorted((a, b) -> Double.compare(keys[a], keys[b]))
                .mapToInt(Integer::intValue)
                .toArray());
    }

    @Override
    public String phrase() {
        return "tokens permuted within " + reach;
    }

    @Override
    public List<String> problems() {
        return TokenDisturbance.problems(chance, "reach", reach, 1, 65_536);
    }
}
