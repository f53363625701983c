package dev.limpid.train.tokens;

import dev.limpid.signal.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Single tokens replaced by others, as often as training saw them.
 *
 * @param share of the tokens, each by itself; drawn evenly for each window
 * @param unknown share of the replacements that no vocabulary has
 */
public record ReplacedTokens(double chance, Interval share, double unknown) implements TokenDisturbance {
    @Override
    public void strike(SpoiltTokens window, RandomGenerator random) {
        double drawn = share.even(random);
        for (int i = 0; i < window.size; i++) {
            if (random.nextDouble() < drawn) {
                window.ids[i] = random.nextDouble() < unknown ? Kind.Tokens.UNKNOWN : window.frequencies.draw(random);
            }
        }
    }

    @Override
    public String phrase() {
        return share + " of the tokens replaced by frequency, " + unknown + " of these unknown";
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>(TokenDisturbance.problems(chance, "share", share, 0, 1));
        new Interval(unknown, unknown).problem("unknown", 0, 1).ifPresent(problems::add);
        return problems;
    }
}
