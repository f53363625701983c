package dev.limpid.train;

import dev.limpid.train.corruption.DeadRows;
import dev.limpid.train.corruption.Disturbance;
import dev.limpid.train.corruption.Drift;
import dev.limpid.train.corruption.Dropout;
import dev.limpid.train.corruption.Either;
import dev.limpid.train.corruption.Gaussian;
import dev.limpid.train.corruption.Hum;
import dev.limpid.train.corruption.Impulses;
import dev.limpid.train.corruption.Mask;
import dev.limpid.train.corruption.Patches;
import dev.limpid.train.corruption.Quantisation;
import dev.limpid.train.corruption.Range;
import dev.limpid.train.corruption.Recorded;
import dev.limpid.train.corruption.SaltAndPepper;
import dev.limpid.train.corruption.Saturation;
import dev.limpid.train.corruption.Shuffle;
import dev.limpid.train.corruption.Spans;
import dev.limpid.train.corruption.Stuck;
import dev.limpid.train.corruption.Wander;
import java.util.function.DoubleUnaryOperator;

/**
 * A corruption made weaker or stronger: amplitudes times a factor, signal-to-noise ratios less as many decibels, and so many times as many
 * samples taken away, up to nine tenths. Chances stay, so the share of untouched windows does.
 */
record Strength(double factor) {
    private static final double MOST = 0.9;

    Corruption of(Corruption corruption) {
        double decibels = decibels();
        return new Corruption(
                        corruption.noise(),
                        corruption.snrLowDb() - decibels,
                        corruption.snrHighDb() - decibels,
                        corruption.gaussian(),
                        corruption.gaussianLow() * factor,
                        corruption.gaussianHigh() * factor,
                        corruption.mask(),
                        share(corruption.maskShare()),
                        corruption.wander())
                .then(corruption.then().stream().map(this::of).toList());
    }

    private Disturbance of(Disturbance disturbance) {
        double chance = disturbance.chance();
        if (disturbance instanceof Gaussian it) {
            return new Gaussian(chance, times(it.sigma()), it.in(), it.clip());
        }
        if (disturbance instanceof Recorded it) {
            return new Recorded(chance, it.file(), each(it.snrDb(), ratio -> ratio - decibels()));
        }
        if (disturbance instanceof Impulses it) {
            return new Impulses(chance, shares(it.rate()), it.size(), it.in());
        }
        if (disturbance instanceof Wander it) {
            return new Wander(chance, times(it.amplitude()), it.in(), it.hz(), it.sampleRateHz());
        }
        if (disturbance instanceof Hum it) {
            return new Hum(chance, times(it.amplitude()), it.in(), it.hz(), it.harmonics(), it.sampleRateHz());
        }
        if (disturbance instanceof Drift it) {
            return new Drift(chance, each(it.gain(), gain -> Math.pow(gain, factor)), times(it.offset()), it.in());
        }
        if (disturbance instanceof Quantisation it) {
            return new Quantisation(chance, times(it.step()), it.in());
        }
        if (disturbance instanceof Saturation it) {
            return new Saturation(chance, each(it.rails(), rails -> 1 - share(1 - rails)));
        }
        if (disturbance instanceof Either it) {
            return new Either(chance, it.of().stream().map(this::of).toList());
        }
        if (disturbance instanceof Shuffle it) {
            return new Shuffle(chance, each(it.reach(), reach -> Math.max(1, Math.rint(reach * factor))));
        }
        return takenAway(disturbance);
    }

    private Disturbance takenAway(Disturbance disturbance) {
        double chance = disturbance.chance();
        if (disturbance instanceof Mask it) {
            return new Mask(chance, each(it.keep(), keep -> 1 - share(1 - keep)), it.as());
        }
        if (disturbance instanceof Spans it) {
            return new Spans(chance, it.count(), shares(it.share()), it.as());
        }
        if (disturbance instanceof Patches it) {
            return new Patches(chance, it.count(), shares(it.height()), shares(it.width()), it.as());
        }
        if (disturbance instanceof Dropout it) {
            return new Dropout(chance, shares(it.share()), it.to());
        }
        if (disturbance instanceof Stuck it) {
            return new Stuck(chance, shares(it.share()));
        }
        if (disturbance instanceof SaltAndPepper it) {
            return new SaltAndPepper(chance, shares(it.share()), it.values());
        }
        if (disturbance instanceof DeadRows it) {
            return new DeadRows(chance, each(it.count(), rows -> Math.max(1, Math.rint(rows * factor))), it.as());
        }
        throw new IllegalArgumentException("no strength is known of " + disturbance);
    }

    /** To a tenth, as people write ratios. */
    private double decibels() {
        return Math.rint(200 * Math.log10(factor)) / 10;
    }

    private Range times(Range range) {
        return each(range, value -> value * factor);
    }

    private Range shares(Range range) {
        return each(range, this::share);
    }

    /** A share that is above the bound already grows no further. */
    private double share(double value) {
        return factor <= 1 ? value * factor : Math.max(value, Math.min(MOST, value * factor));
    }

    private static Range each(Range range, DoubleUnaryOperator change) {
        return new Range(change.applyAsDouble(range.low()), change.applyAsDouble(range.high()));
    }
}
