package dev.limpid.train;

import dev.limpid.train.tokens.TokenDisturbance;
import java.util.ArrayList;
import java.util.List;

/**
 * What model of tokens to train, and how. The same spec, data, engine version and kind of CPU give the same bytes.
 *
 * @param name the model's name
 * @param version its version
 * @param length tokens of a window
 * @param hop tokens from one window's start to the next
 * @param masks copies of a window in which each its part of the tokens is hidden, when the model serves; in training as many are hidden
 * @param others weight of the error of tokens that are neither hidden nor spoilt
 * @param heldOut share of the sessions, the last ones, that is not fitted on but decides when to stop
 * @param seed where all chance comes from
 * @param scoring how windows as a whole are judged
 * @param above when the pipeline will replace a token; decides nothing but what is told of the model
 */
public record TokenSpec(
        String name,
        String version,
        int length,
        int hop,
        TokenNetwork network,
        Schedule schedule,
        List<TokenDisturbance> corruption,
        int masks,
        double others,
        double heldOut,
        long seed,
        Scoring scoring,
        Above above) {
    public TokenSpec {
        corruption = List.copyOf(corruption);
    }

    /**
     * How windows as a whole are judged.
     *
     * @param falseAlarms share of normal sessions that may stand out
     * @param folds parts of the sessions, each of which is judged by a model that the others trained: what calibrates
     * @param greatest how many of the greatest negative log-likelihoods are summed
     * @param prototypes count vectors at most
     */
    public record Scoring(double falseAlarms, int folds, int greatest, int prototypes) {
        public static final Scoring DEFAULT = new Scoring(0.001, 5, 1, 512);
    }

    /**
     * The confidence from which on a token is replaced: {@code tokens.fill-above} and {@code tokens.replace-above}.
     *
     * @param fill a masked one
     * @param replace another one
     */
    public record Above(double fill, double replace) {}

    /** Everything that is wrong with it, one sentence each. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        network.problem().ifPresent(problems::add);
        range(problems, "window.length", length, 2, 4096);
        range(problems, "train.masks", masks, 2, Math.min(64, length));
        range(problems, "train.others", others, 0, 1);
        range(problems, "train.steps", schedule.steps(), 1, 10_000_000);
        range(problems, "train.batch", schedule.batch(), 1, 65_536);
        range(problems, "train.evaluate-every", schedule.evaluateEvery(), 1, 10_000_000);
        range(problems, "train.patience", schedule.patience(), 1, 10_000_000);
        range(problems, "train.learning-rate", schedule.learningRate(), 1e-8, 1);
        range(problems, "train.weight-decay", schedule.weightDecay(), 0, 1);
        range(problems, "train.held-out", heldOut, 0.01, 0.5);
        range(problems, "train.score.false-alarms", scoring.falseAlarms(), 0, 0.5);
        range(problems, "train.score.folds", scoring.folds(), 2, 100);
        range(problems, "train.score.greatest", scoring.greatest(), 1, length);
        range(problems, "train.score.prototypes", scoring.prototypes(), 1, 4096);
        corruption.forEach(disturbance -> disturbance
                .problems()
                .forEach(problem ->
                        problems.add("train.corruption, " + TokenDisturbanceKeys.kind(disturbance) + ": " + problem)));
        return problems;
    }

    /** What is made small, for people. */
    public String loss() {
        return "cross-entropy of hidden and spoilt tokens, and of others × " + others;
    }

    private static void range(List<String> problems, String what, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            problems.add(what + " is " + value + ", needs " + low + " to " + high);
        }
    }

    /** The same with another schedule. */
    public TokenSpec with(Schedule other) {
        return new TokenSpec(
                name, version, length, hop, network, other, corruption, masks, others, heldOut, seed, scoring, above);
    }

    /** The same with another seed. */
    public TokenSpec withSeed(long other) {
        return new TokenSpec(
                name,
                version,
                length,
                hop,
                network,
                schedule,
                corruption,
                masks,
                others,
                heldOut,
                other,
                scoring,
                above);
    }
}
