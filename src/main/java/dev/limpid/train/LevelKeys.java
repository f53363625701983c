package dev.limpid.train;

/** The keys of a {@code train} block that say what a network makes of {@link Levels} of noise. */
final class LevelKeys {
    private LevelKeys() {}

    static Levels read(Keys keys) {
        Levels otherwise = Levels.DEFAULT;
        return new Levels(
                keys.choice("condition", otherwise.condition()),
                keys.choice("predict", otherwise.predict()),
                keys.integer("refine", otherwise.refine()),
                keys.truth("tweedie", otherwise.tweedie()),
                keys.choice("error", otherwise.error()));
    }
}
