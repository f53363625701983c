package dev.limpid.pipeline;

import dev.limpid.model.FakeTokens;
import dev.limpid.score.AlertSpec;
import dev.limpid.signal.Kind;
import dev.limpid.signal.SeriesKey;
import dev.limpid.signal.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;

/** A random pipeline of tokens and a random input for it, made from a seed: tokens alone and in sequences, gaps, steps back, pauses. */
record TokenScenario(PipelineSpec spec, List<Scenario.Input> inputs) {
    static final String[] TOKENS = {"a", "b", "c", "d", "e", "end", FakeTokens.POISON};
    private static final int END = Kind.Tokens.FIRST + 5;
    static final int POISON = Kind.Tokens.FIRST + 6;

    static TokenScenario of(long seed) {
        Random random = new Random(seed);
        int length = 1 + random.nextInt(24);
        int hop = random.nextInt(4) == 0 ? (random.nextBoolean() ? 1 : length) : 1 + random.nextInt(length);
        int lookahead = hop - 1 + random.nextInt(length - hop + 2);
        SegmentEnd end =
                switch (random.nextInt(4)) {
                    case 0 -> SegmentEnd.GAPS;
                    case 1 -> SegmentEnd.RECORD;
                    case 2 -> new SegmentEnd.Marker(END);
                    default -> new SegmentEnd.Length(1 + random.nextInt(3 * length));
                };
        Merging merging = new Merging.MostConfident(
                random.nextFloat(),
                random.nextFloat(),
                FakeTokens.vocabulary(TOKENS).ids());
        PipelineSpec spec = new PipelineSpec(
                        List.of("token"),
                        0,
                        new WindowSpec(length, hop, lookahead),
                        10L * (2 + random.nextInt(20)),
                        300,
                        random.nextInt(4) == 0 ? 600 : 1_000_000_000,
                        Granularity.RECORD,
                        1 + random.nextInt(7),
                        new AlertSpec.Above(1.5f, 1 + random.nextInt(2), 1 + random.nextInt(2)))
                .with(end, merging);
        return new TokenScenario(spec, inputs(random, length));
    }

    private static List<Scenario.Input> inputs(Random random, int length) {
        List<Scenario.Input> inputs = new ArrayList<>();
        long[] nextMs = new long[1 + random.nextInt(4)];
        for (int s = 0; s < nextMs.length; s++) {
            nextMs[s] = 1_000_000 + 10L * random.nextInt(50);
        }
        while (inputs.size() < 250) {
            int s = random.nextInt(nextMs.length);
            for (int burst = 1 + random.nextInt(20); burst > 0; burst--) {
                nextMs[s] += switch (random.nextInt(30)) {
                    case 0 -> -1_000;
                    case 1 -> 1_000;
                    default -> 10;
                };
                float[] ids = new float[random.nextInt(3) == 0 ? 1 + random.nextInt(2 * length) : 1];
                for (int i = 0; i < ids.length; i++) {
                    ids[i] = id(random);
                }
                inputs.add(new Scenario.Input(inputs.size(), SeriesKey.of("s" + s), nextMs[s], ids));
            }
        }
        return inputs;
    }

    private static int id(Random random) {
        return switch (random.nextInt(60)) {
            case 0 -> POISON;
            case 1, 2, 3 -> Kind.Tokens.MASKED;
            case 4, 5, 6 -> Kind.Tokens.UNKNOWN;
            case 7, 8 -> END;
            default -> Kind.Tokens.FIRST + random.nextInt(5);
        };
    }

    TokenScenario with(int maxWindows) {
        return new TokenScenario(spec.with(spec.granularity(), maxWindows), inputs);
    }

    TokenScenario with(List<Scenario.Input> others) {
        return new TokenScenario(spec, others);
    }

    TokenScenario with(SegmentEnd end) {
        return with(end, spec.merging());
    }

    TokenScenario with(SegmentEnd end, Merging merging) {
        return new TokenScenario(spec.with(end, merging), inputs);
    }

    Scenario.Result run() {
        return run(input -> false, input -> false);
    }

    /** See {@link Scenario#run(IntPredicate, IntPredicate)}. */
    Scenario.Result run(IntPredicate flush, IntPredicate restart) {
        return Scenario.run(spec, inputs, FakeTokens.random("1", spec.window().length(), TOKENS), flush, restart);
    }
}
