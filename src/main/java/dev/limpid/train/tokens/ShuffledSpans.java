package dev.limpid.train.tokens;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * The window cut into spans that stand in another order, as the sentences of BART (Lewis et al. 2020, ACL).
 *
 * @param length of a span; drawn evenly for each
 */
public record ShuffledSpans(double chance, Interval length) implements TokenDisturbance {
    @Override
    public void strike(SpoiltTokens window, RandomGenerator random) {
        List<List<Integer>> spans = new ArrayList<>();
        for (int from = 0; from < window.size; ) {
            int to = Math.min(window.size, from + Math.max(1, length.whole(random)));
            List<Integer> span = new ArrayList<>();
            for (; from < to; from++) {
                span.add(from);
            }
            spans.add(span);
        }
        Collections.shuffle(spans, new Random(random.nextLong()));
        window.reorder(
                spans.stream().flatMap(List::stream).mapToInt(Integer::intValue).toArray());
    }

    @Override
    public String phrase() {
        return "spans of " + length + " tokens shuffled";
    }

    @Override
    public List<String> problems() {
        return TokenDisturbance.problems(chance, "length", length, 1, 65_536);
    }
}
