package dev.limpid.train;

import dev.limpid.train.corruption.Shuffle;
import dev.limpid.train.corruption.Stuck;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What a network is graded against: the truth where there is one, else the noisy signal itself in a way that noise cannot be learned. */
public sealed interface Supervision {
    /** For people and for a model's provenance. */
    String phrase();

    /** What stands in the way of it in {@code spec}. */
    List<String> problems(TrainSpec spec);

    /** What the definition's {@code augmentation} block takes for granted. */
    default Augmentation augmentation() {
        return Augmentation.DEFAULT;
    }

    /** What the definition's {@code corruption} block takes for granted: nothing but missing samples, for noise is there already. */
    default Corruption corruption() {
        Corruption full = Corruption.DEFAULT;
        return new Corruption(
                0,
                full.snrLowDb(),
                full.snrHighDb(),
                0,
                full.gaussianLow(),
                full.gaussianHigh(),
                full.mask(),
                full.maskShare(),
                0);
    }

    /** Channels of a recording for each channel of the model. */
    default int sensors() {
        return 1;
    }

    /** Recordings without noise, which the corruption spoils. */
    record Clean() implements Supervision {
        @Override
        public String phrase() {
            return "clean recordings";
        }

        @Override
        public Corruption corruption() {
            return Corruption.DEFAULT;
        }

        @Override
        public List<String> problems(TrainSpec spec) {
            return List.of();
        }
    }

    /**
     * Noisy recordings alone: samples are hidden and predicted from the others (Batson and Royer 2019, Noise2Self; Krull, Buchholz and
     * Jug 2019, Noise2Void). Of noise that is independent from sample to sample nothing can be predicted, so the best prediction is the
     * signal's. The model predicts every sample so, also when it serves: hidden are all samples whose place leaves the same rest when
     * divided by {@code masks}, all channels at once, for each rest in turn.
     */
    record BlindSpot(int masks) implements Supervision {
        public static final BlindSpot DEFAULT = new BlindSpot(4);

        @Override
        public String phrase() {
            return "noisy recordings, blind spot of " + masks + " masks";
        }

        /** Without a change of duration: it reads between samples, which makes the noise of neighbours alike. */
        @Override
        public Augmentation augmentation() {
            Augmentation full = Augmentation.DEFAULT;
            return new Augmentation(full.gainLow(), full.gainHigh(), 1, 1, full.flip(), full.splice(), full.offset());
        }

        @Override
        public List<String> problems(TrainSpec spec) {
            List<String> problems = new ArrayList<>();
            if (masks < 2 || masks > 64 || masks > spec.length()) {
                problems.add("train.supervision.masks is " + masks + ", needs 2 to " + Math.min(64, spec.length()));
            }
            if (spec.augmentation().stretchLow() != 1 || spec.augmentation().stretchHigh() != 1) {
                problems.add(
                        "train.augmentation.stretch reads between samples, which makes the noise of neighbours alike;"
                                + " train.supervision blind-spot needs [1, 1]");
            }
            if (spec.loss().spectral() > 0) {
                problems.add("train.loss.spectral has no meaning where only hidden samples are graded; needs 0");
            }
            spec.corruption()
                    .each()
                    .filter(disturbance -> disturbance instanceof Shuffle || disturbance instanceof Stuck)
                    .map(DisturbanceKeys::kind)
                    .forEach(kind -> problems.add("train.corruption, " + kind
                            + ": it shows a hidden sample's value elsewhere, so a blind spot would not be blind"));
            return problems;
        }
    }

    /**
     * Two sensors of one signal with independent noise: one is graded against the other (Lehtinen et al. 2018, Noise2Noise).
     *
     * @param second the second sensor's columns, in the order of the channels; empty if it has files of its own
     */
    record NoiseToNoise(List<String> second) implements Supervision {
        public NoiseToNoise {
            second = List.copyOf(second);
        }

        @Override
        public String phrase() {
            return "two noisy recordings of each signal";
        }

        @Override
        public int sensors() {
            return 2;
        }

        @Override
        public List<String> problems(TrainSpec spec) {
            return second.isEmpty() || second.size() == spec.channels().size()
                    ? List.of()
                    : List.of("train.supervision.second names " + second.size() + " columns for "
                            + spec.channels().size() + " channels");
        }
    }

    /**
     * Noisy recordings and recordings of the noise alone, which may be correlated: to {@code y = signal + noise} more noise {@code m} is
     * added, and the network that gets {@code y + α m} is graded against {@code y - m / α}. This is the Noisier2Noise of Moran et al.
     * (2020, CVPR) with its correction {@code ((1 + α²) f(z) - z) / α²} taken into the target (as Pang et al. 2021 do), so the network
     * gives the signal at once. With α = 1 noise of any distribution comes out right, with others normally distributed noise.
     *
     * @param alpha how much of the recorded noise is added
     * @param snrDb of the noisy recordings, if the recorded noise is not in their unit and is to be scaled to it
     */
    record NoisierToNoise(double alpha, OptionalDouble snrDb) implements Supervision {
        @Override
        public String phrase() {
            return String.format(
                    Locale.ROOT,
                    "noisy recordings%s and recorded noise, α %s",
                    snrDb.isPresent() ? " at " + snrDb.getAsDouble() + " dB" : "",
                    alpha);
        }

        @Override
        public List<String> problems(TrainSpec spec) {
            List<String> problems = new ArrayList<>();
            if (!(alpha >= 0.1 && alpha <= 10)) {
                problems.add("train.supervision.alpha is " + alpha + ", needs 0.1 to 10");
            }
            if (snrDb.isPresent() && !(Math.abs(snrDb.getAsDouble()) <= 60)) {
                problems.add("train.supervision.snr-db is " + snrDb.getAsDouble() + ", needs -60 to 60");
            }
            return problems;
        }
    }
}
