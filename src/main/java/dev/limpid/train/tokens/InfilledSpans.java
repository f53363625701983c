package dev.limpid.train.tokens;

import dev.limpid.signal.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Spans that collapse to a single mask, as the infilling of BART (Lewis et al. 2020, ACL), with lengths drawn evenly. The mask stands for the
 * span's first token; the others are missing before the token behind it, and how many the model is to say.
 *
 * @param count how many
 * @param length of each before it collapses
 */
public record InfilledSpans(double chance, Interval count, Interval length) implements TokenDisturbance {
    @Override
    public void strike(SpoiltTokens window, RandomGenerator random) {
        for (int span = count.whole(random); span > 0; span--) {
            int tokens = Math.min(window.size, length.whole(random));
            int from = random.nextInt(window.size - tokens + 1);
            window.ids[from] = Kind.Tokens.MASKED;
            if (tokens > 1) {
                window.delete(from + 1, tokens - 1);
            }
        }
    }

    @Override
    public String phrase() {
        return count + " spans of " + length + " tokens infilled by one mask";
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>(TokenDisturbance.problems(chance, "count", count, 1, 1000));
        length.problem("length", 1, 65_536).ifPresent(problems::add);
        return problems;
    }
}
