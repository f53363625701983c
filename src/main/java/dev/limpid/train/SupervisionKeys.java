package dev.limpid.train;

import java.util.List;
import java.util.OptionalDouble;

/** The words for a {@link Supervision}: {@code supervision: blind-spot}, or a block with {@code kind}. */
final class SupervisionKeys {
    private static final String KEY = "supervision";

    private SupervisionKeys() {}

    private enum Kind {
        CLEAN,
        BLIND_SPOT,
        NOISE2NOISE,
        NOISIER2NOISE
    }

    static Supervision read(Keys keys) {
        boolean simple = !keys.isBlock(KEY);
        Keys block = simple ? keys : keys.block(KEY);
        Supervision supervision =
                switch (block.choice(simple ? KEY : "kind", Kind.CLEAN)) {
                    case CLEAN -> new Supervision.Clean();
                    case BLIND_SPOT ->
                        simple
                                ? Supervision.BlindSpot.DEFAULT
                                : new Supervision.BlindSpot(
                                        block.integer("masks", Supervision.BlindSpot.DEFAULT.masks()));
                    case NOISE2NOISE ->
                        new Supervision.NoiseToNoise(
                                simple
                                        ? List.of()
                                        : block.list("second").stream()
                                                .map(String::valueOf)
                                                .map(String::strip)
                                                .toList());
                    case NOISIER2NOISE ->
                        simple
                                ? new Supervision.NoisierToNoise(1, OptionalDouble.empty())
                                : new Supervision.NoisierToNoise(block.number("alpha", 1), snr(block));
                };
        if (!simple) {
            block.finish();
        }
        return supervision;
    }

    private static OptionalDouble snr(Keys block) {
        double db = block.number("snr-db", Double.NaN);
        return Double.isNaN(db) ? OptionalDouble.empty() : OptionalDouble.of(db);
    }
}
