package dev.limpid.train;

import dev.limpid.train.corruption.DeadRows;
import dev.limpid.train.corruption.Disturbance;
import dev.limpid.train.corruption.Drift;
import dev.limpid.train.corruption.Dropout;
import dev.limpid.train.corruption.Either;
import dev.limpid.train.corruption.Gaussian;
import dev.limpid.train.corruption.Hiding;
import dev.limpid.train.corruption.Hum;
import dev.limpid.train.corruption.Impulses;
import dev.limpid.train.corruption.Mask;
import dev.limpid.train.corruption.Patches;
import dev.limpid.train.corruption.Quantisation;
import dev.limpid.train.corruption.Range;
import dev.limpid.train.corruption.Recorded;
import dev.limpid.train.corruption.SaltAndPepper;
import dev.limpid.train.corruption.Saturation;
import dev.limpid.train.corruption.Scale;
import dev.limpid.train.corruption.Shuffle;
import dev.limpid.train.corruption.Spans;
import dev.limpid.train.corruption.Stuck;
import dev.limpid.train.corruption.Wander;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads a list of disturbances, each a kind with a block of keys: {@code - impulses: { chance: 0.3, rate: 0.01 }}. */
final class DisturbanceKeys {
    private static final Set<String> KINDS = new LinkedHashSet<>(List.of(
            "gaussian",
            "mask",
            "spans",
            "patches",
            "shuffle",
            "impulses",
            "dropout",
            "either",
            "stuck",
            "wander",
            "drift",
            "quantisation",
            "saturation",
            "hum",
            "recorded",
            "salt-and-pepper",
            "dead-rows"));

    private final double sampleRateHz;

    DisturbanceKeys(double sampleRateHz) {
        this.sampleRateHz = sampleRateHz;
    }

    /** The word that a definition has for it. */
    static String kind(Disturbance disturbance) {
        String name = disturbance.getClass().getSimpleName();
        return name.replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** @param list kinds, or blocks of one kind; what is wrong goes to {@code keys} */
    List<Disturbance> read(List<?> list, Keys keys) {
        List<Disturbance> disturbances = new ArrayList<>();
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

    private Disturbance disturbance(String kind, Keys keys) {
        double chance = keys.number("chance", 0.3);
        return switch (kind) {
            case "gaussian" ->
                new Gaussian(
                        chance, keys.range("sigma", new Range(0.03, 0.6)), scale(keys), keys.optionalRange("clip"));
            case "mask" -> new Mask(chance, keys.range("keep", new Range(0.7, 1)), hiding(keys));
            case "spans" ->
                new Spans(
                        chance,
                        keys.range("count", new Range(1, 3)),
                        keys.range("share", new Range(0, 0.3)),
                        hiding(keys));
            case "patches" ->
                new Patches(
                        chance,
                        keys.range("count", new Range(1, 3)),
                        keys.range("height", new Range(0.1, 0.3)),
                        keys.range("width", new Range(0.1, 0.3)),
                        hiding(keys));
            case "shuffle" -> new Shuffle(chance, keys.range("reach", new Range(1, 3)));
            case "impulses" ->
                new Impulses(
                        chance,
                        keys.range("rate", new Range(0.001, 0.02)),
                        keys.range("size", new Range(2, 8)),
                        scale(keys));
            case "dropout" -> new Dropout(chance, keys.range("share", new Range(0.05, 0.3)), keys.number("to", 0));
            case "either" -> {
                List<?> of = keys.list("of");
                yield new Either(chance, read(of.isEmpty() ? List.of("gaussian", "mask") : of, keys));
            }
            case "stuck" -> new Stuck(chance, keys.range("share", new Range(0.05, 0.3)));
            case "wander" ->
                new Wander(
                        chance,
                        keys.range("amplitude", new Range(0, 2)),
                        scale(keys),
                        keys.range("hz", new Range(0.05, 0.5)),
                        sampleRateHz);
            case "drift" ->
                new Drift(
                        chance,
                        keys.range("gain", new Range(0.7, 1.4)),
                        keys.range("offset", new Range(-1, 1)),
                        scale(keys));
            case "quantisation" -> new Quantisation(chance, keys.range("step", new Range(0.02, 0.3)), scale(keys));
            case "saturation" -> new Saturation(chance, keys.range("rails", new Range(0.5, 1)));
            case "hum" ->
                new Hum(
                        chance,
                        keys.range("amplitude", new Range(0.05, 0.5)),
                        scale(keys),
                        keys.range("hz", new Range(49.8, 50.2)),
                        keys.integer("harmonics", 3),
                        sampleRateHz);
            case "salt-and-pepper" ->
                new SaltAndPepper(
                        chance, keys.range("share", new Range(0.01, 0.1)), keys.range("values", new Range(0, 1)));
            case "dead-rows" -> new DeadRows(chance, keys.range("count", new Range(1, 3)), hiding(keys));
            default -> new Recorded(chance, keys.text("file", ""), keys.range("snr-db", new Range(-3, 12)));
        };
    }

    private static Scale scale(Keys keys) {
        return keys.choice("in", Scale.RMS);
    }

    private static Hiding hiding(Keys keys) {
        return keys.choice("as", Hiding.MISSING);
    }
}
