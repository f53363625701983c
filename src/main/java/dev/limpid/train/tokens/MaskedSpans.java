package dev.limpid.train.tokens;

import dev.limpid.signal.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Spans of tokens known to be missing, one mask for each token, as in SpanBERT (Joshi et al. 2020, TACL 8), with lengths drawn evenly.
 *
 * @param count how many; they may overlap
 * @param length of each
 */
public record MaskedSpans(double chance, Interval count, Interval length) implements TokenDisturbance {
    @Override
    public void strike(SpoiltTokens window, RandomGenerator random) {
        for (int span = count.whole(random); span > 0; span--) {
            int tokens = Math.min(window.size, length.whole(random));
            int from = random.nextInt(window.size - tokens + 1);
            Arrays.fill(window.ids, from, from + tokens, Kind.Tokens.MASKED);
        }
    }

    @Override
    public String phrase() {
        return count + " spans of " + length + " tokens masked";
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>(TokenDisturbance.problems(chance, "count", count, 1, 1000));
        length.problem("length", 1, 65_536).ifPresent(problems::add);
        return problems;
    }
}
