package dev.limpid.train;

import dev.limpid.signal.Kind;
import dev.limpid.train.tokens.TokenWindows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How well tokens are cleaned: of windows in which some tokens were masked, or replaced by others, what comes back.
 *
 * @param masked tokens that were masked
 * @param restored share of them that became what they were
 * @param replaced tokens that were replaced
 * @param found share of them that became what they were
 * @param untouched tokens that were neither
 * @param changed share of them that became something else
 */
record TokenCleaning(int masked, double restored, int replaced, double found, int untouched, double changed) {
    /** Share of the tokens that is masked, or replaced. */
    private static final double SHARE = 0.1;

    /** One window, as it was and as it was spoilt. */
    @SuppressWarnings("ArrayRecordComponent") // private to the class, never compared
    private record Spoilt(int[] clean, long[] ids) {}

    /** Judges a model by windows, half of which get masks, the others replacements. */
    static TokenCleaning of(
            TokenGraph graph, Map<String, float[]> weights, TokenWindows windows, TokenSpec.Above above, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] counts = new int[6];
        try (TorchTokenOps ops = TorchTokenOps.of(weights)) {
            List<Spoilt> batch = new ArrayList<>();
            for (int window = 0; window < windows.size(); window++) {
                int[] clean = windows.at(window);
                batch.add(new Spoilt(clean, spoilt(clean, true, graph.model().ids(), random)));
                batch.add(new Spoilt(clean, spoilt(clean, false, graph.model().ids(), random)));
                if (batch.size() >= 64 || window == windows.size() - 1) {
                    count(graph, ops, batch, above, counts);
                    batch.clear();
                }
            }
        }
        return new TokenCleaning(
                counts[0],
                share(counts[1], counts[0]),
                counts[2],
                share(counts[3], counts[2]),
                counts[4],
                share(counts[5], counts[4]));
    }

    private static double share(int part, int all) {
        return part / (double) Math.max(1, all);
    }

    /** A tenth of the tokens masked, or replaced by any other of the vocabulary. */
    static long[] spoilt(int[] clean, boolean mask, int ids, SplittableRandom random) {
        long[] spoilt = new long[clean.length];
        int tokens = ids - Kind.Tokens.FIRST;
        for (int i = 0; i < clean.length; i++) {
            spoilt[i] = clean[i];
            if (clean[i] != Kind.Tokens.PADDING && random.nextDouble() < SHARE) {
                int other = Kind.Tokens.FIRST + random.nextInt(tokens);
                spoilt[i] = mask ? Kind.Tokens.MASKED : other;
            }
        }
        return spoilt;
    }

    private static void count(
            TokenGraph graph, TorchTokenOps ops, List<Spoilt> batch, TokenSpec.Above above, int... counts) {
        int length = graph.model().length();
        long[] ids = new long[batch.size() * length];
        for (int window = 0; window < batch.size(); window++) {
            System.arraycopy(batch.get(window).ids(), 0, ids, window * length, length);
        }
        TokenJudge.Said said = TokenJudge.said(graph, ops, ids);
        for (int i = 0; i < ids.length; i++) {
            int was = batch.get(i / length).clean()[i % length];
            if (was == Kind.Tokens.PADDING) {
                continue;
            }
            long now = cleaned(said, i, above);
            int kind = ids[i] == Kind.Tokens.MASKED ? 0 : ids[i] != was ? 2 : 4;
            counts[kind]++;
            counts[kind + 1] += kind == 4 ? (now != was ? 1 : 0) : (now == was ? 1 : 0);
        }
    }

    /** What leaves at place {@code i}. */
    static long cleaned(TokenJudge.Said said, int i, TokenSpec.Above above) {
        double needed = said.ids()[i] == Kind.Tokens.MASKED ? above.fill() : above.replace();
        return said.confidence()[i] >= needed && said.ids()[i] != Kind.Tokens.UNKNOWN
                ? (long) said.clean()[i]
                : said.ids()[i];
    }
}
