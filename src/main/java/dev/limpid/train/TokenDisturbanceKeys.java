package dev.limpid.train;

import dev.limpid.train.corruption.Range;
import dev.limpid.train.tokens.DeletedTokens;
import dev.limpid.train.tokens.InfilledSpans;
import dev.limpid.train.tokens.Interval;
import dev.limpid.train.tokens.MaskedSpans;
import dev.limpid.train.tokens.MaskedTokens;
import dev.limpid.train.tokens.PermutedTokens;
import dev.limpid.train.tokens.ReplacedTokens;
import dev.limpid.train.tokens.ShuffledSpans;
import dev.limpid.train.tokens.TokenDisturbance;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a list of disturbances of tokens, each a kind with a block of keys: {@code - replace: { chance: 0.6, share: [0.02, 0.15] }}. */
final class TokenDisturbanceKeys {
    private static final Set<String> KINDS = new LinkedHashSet<>(
            List.of("mask", "replace", "delete", "permute", "shuffle-spans", "mask-spans", "infill"));

    private TokenDisturbanceKeys() {}

    /** The word that a definition has for it. */
    static String kind(TokenDisturbance disturbance) {
        if (disturbance instanceof MaskedTokens) {
            return "mask";
        } else if (disturbance instanceof ReplacedTokens) {
            return "replace";
        } else if (disturbance instanceof DeletedTokens) {
            return "delete";
        } else if (disturbance instanceof PermutedTokens) {
            return "permute";
        } else if (disturbance instanceof ShuffledSpans) {
            return "shuffle-spans";
        }
        return disturbance instanceof MaskedSpans ? "mask-spans" : "infill";
    }

    /** @param list kinds, or blocks of one kind; what is wrong goes to {@code keys} */
    static List<TokenDisturbance> read(List<?> list, Keys keys) {
        List<TokenDisturbance> disturbances = new ArrayList<>();
        for (Object element : list) {
            Map<?, ?> step = element instanceof Map<?, ?> map ? map : Map.of(String.valueOf(element), Map.of());
            step.forEach((key, value) -> {
                String kind = String.valueOf(key).strip();
                if (!KINDS.contains(kind)) {
                    keys.unknown(kind, KINDS);
                } else if (value != null && !(value instanceof Map<?, ?>)) {
                    keys.problem(kind, "is '" + value + "', needs a block of keys");
                } else {
                    Keys values = keys.of(kind, value instanceof Map<?, ?> map ? map : Map.of());
                    disturbances.add(disturbance(kind, values));
                    values.finish();
                }
            });
        }
        return disturbances;
    }

    private static TokenDisturbance disturbance(String kind, Keys keys) {
        double chance = keys.number("chance", 0.3);
        return switch (kind) {
            case "mask" -> new MaskedTokens(chance, interval(keys, "share", 0.05, 0.2));
            case "replace" ->
                new ReplacedTokens(chance, interval(keys, "share", 0.02, 0.15), keys.number("unknown", 0.1));
            case "delete" -> new DeletedTokens(chance, interval(keys, "share", 0.02, 0.1));
            case "permute" -> new PermutedTokens(chance, interval(keys, "reach", 1, 2));
            case "shuffle-spans" -> new ShuffledSpans(chance, interval(keys, "length", 2, 6));
            case "mask-spans" -> new MaskedSpans(chance, interval(keys, "count", 1, 2), interval(keys, "length", 2, 4));
            default -> new InfilledSpans(chance, interval(keys, "count", 1, 1), interval(keys, "length", 2, 4));
        };
    }

    private static Interval interval(Keys keys, String key, double low, double high) {
        Range range = keys.range(key, new Range(low, high));
        return new Interval(range.low(), range.high());
    }
}
