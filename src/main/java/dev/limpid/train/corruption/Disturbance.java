package dev.limpid.train.corruption;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One way in which a signal's window is spoilt. A value: what it draws, it draws from the generator it is given.
 *
 * <p>Amplitudes are in root mean squares of the clean recording or in its physical unit ({@link Scale}); shares and chances are
 * from 0 to 1. Disturbances of token windows are another sum type, for they share neither values nor units with these.
 */
public sealed interface Disturbance
        permits DeadRows,
                Drift,
                Dropout,
                Either,
                Gaussian,
                Hum,
                Impulses,
                Mask,
                Patches,
                Quantisation,
                Recorded,
                SaltAndPepper,
                Saturation,
                Shuffle,
                Spans,
                Stuck,
                Wander {
    /** The share of windows that it strikes. */
    double chance();

    /** Spoils {@code window}, whatever the chance. */
    void strike(SpoiltWindow window, RandomGenerator random);

    /** What it does, for people and for a model's provenance: {@code gaussian of 0.1..0.5 rms}. */
    String phrase();

    /** Everything that is wrong with its values, each beginning with the key. */
    List<String> problems();
}
