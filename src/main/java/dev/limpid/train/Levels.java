package dev.limpid.train;

import java.util.ArrayList;
import java.util.List;

/**
 * What a network makes of levels of noise: whether it is told them, what it predicts, in how many steps it denoises when it serves.
 * docs/design/0007-levels.md has the reasons.
 *
 * @param condition what the network is told beside the window
 * @param predict what it gives
 * @param refine denoising steps of the exported graph, 1 to {@value #MOST_STEPS}, see {@link Autoencoder#cleaned}
 * @param tweedie whether the exported graph has the output {@code tweedie}
 * @param error what the output {@code error} is made of, and so the window's score
 */
public record Levels(Condition condition, Prediction predict, int refine, boolean tweedie, ErrorUnit error) {
    public static final Levels DEFAULT = new Levels(Condition.NONE, Prediction.CLEAN, 1, false, ErrorUnit.RESIDUAL);

    static final int MOST_STEPS = 8;
    private static final int LEAST_LENGTH = 16;

    /** What a network is told beside the window. */
    public enum Condition {
        NONE,
        /** Each channel's level of noise and its colour, estimated in the graph, see {@link Level}. */
        NOISE_LEVEL
    }

    /** What a network gives. */
    public enum Prediction {
        /** The clean window: x-prediction. */
        CLEAN,
        /**
         * The noise, which is taken from the window: ε-prediction, in units of σ, where the network is told it, else in the window's. Of a
         * missing sample, which has no noise, its clean value.
         */
        NOISE
    }

    /** What a residual is divided by before it is compared. */
    public enum ErrorUnit {
        /** A scale of its channel. */
        RESIDUAL,
        /** The window's own σ: {@code σ · |tweedie|}. */
        TWEEDIE
    }

    /** The same in so many steps. */
    Levels refined(int steps) {
        return new Levels(condition, predict, steps, tweedie, error);
    }

    /** For people and for a model's card. */
    String phrase() {
        List<String> phrases = new ArrayList<>();
        if (condition == Condition.NOISE_LEVEL) {
            phrases.add("told the window's level of noise");
        }
        phrases.add("predicts the " + (predict == Prediction.NOISE ? "noise" : "clean window"));
        if (refine > 1) {
            phrases.add("refined in " + refine + " steps");
        }
        if (tweedie) {
            phrases.add("gives Tweedie's score");
        }
        if (error == ErrorUnit.TWEEDIE) {
            phrases.add("error in units of the window's noise");
        }
        return String.join(", ", phrases);
    }

    /** What stands in the way of it in {@code spec}. */
    List<String> problems(TrainSpec spec) {
        List<String> problems = new ArrayList<>();
        if (refine < 1 || refine > MOST_STEPS) {
            problems.add("train.refine is " + refine + ", needs 1 to " + MOST_STEPS);
        }
        if (refine > 1 && !(spec.supervision() instanceof Supervision.Clean)) {
            problems.add("train.refine is " + refine + ", but noisy recordings show no window at a level of noise"
                    + " below their own; needs 1, or train.supervision clean");
        }
        if (predict == Prediction.NOISE && spec.ends().output() == Ends.Output.SIGMOID) {
            problems.add("train.predict noise is of any size and sign; needs train.output linear");
        }
        boolean estimates = condition == Condition.NOISE_LEVEL || tweedie || error == ErrorUnit.TWEEDIE;
        if (estimates && spec.length() < LEAST_LENGTH) {
            problems.add("window.length is " + spec.length() + ", too short to estimate a level of noise"
                    + " (train.condition, tweedie, error); needs at least " + LEAST_LENGTH);
        }
        if (condition == Condition.NOISE_LEVEL
                && spec.supervision() instanceof Supervision.BlindSpot blind
                && blind.masks() < 3) {
            problems.add("train.condition noise-level compares neighbours, and train.supervision.masks " + blind.masks()
                    + " leaves none; needs 3 or more");
        }
        return problems;
    }

    /** What of it has no meaning where signals are made up, for there the network is told σ and predicts the noise anyway. */
    List<String> problemsOfSynthetic() {
        Levels rest = new Levels(Condition.NONE, Prediction.CLEAN, 1, tweedie, ErrorUnit.RESIDUAL);
        return equals(rest)
                ? List.of()
                : List.of("train.synthetic is in units of the window's noise and predicts it, in one step;"
                        + " train.condition, predict, refine and error have no meaning");
    }
}
