package dev.limpid.train;

import java.util.ArrayList;
import java.util.List;

/**
 * What model to train, and how. The same spec, data, engine version and kind of CPU give the same bytes.
 *
 * @param name the model's name
 * @param version its version
 * @param channels the pipeline's channels, in order
 * @param unit their physical unit, for people
 * @param length samples per window
 * @param heldOut share of each recording, at its end, that is not fitted on but decides when to stop and calibrates
 * @param seed where all chance comes from
 */
public record TrainSpec(
        String name,
        String version,
        List<String> channels,
        String unit,
        int length,
        Network network,
        Schedule schedule,
        Corruption corruption,
        Augmentation augmentation,
        double heldOut,
        long seed) {
    public TrainSpec {
        channels = List.copyOf(channels);
    }

    /** Everything that is wrong with it, one sentence each. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        network.problem(length).ifPresent(problems::add);
        range(problems, "train.steps", schedule.steps(), 1, 10_000_000);
        range(problems, "train.batch", schedule.batch(), 1, 65_536);
        range(problems, "train.evaluate-every", schedule.evaluateEvery(), 1, 10_000_000);
        range(problems, "train.patience", schedule.patience(), 1, 10_000_000);
        range(problems, "train.learning-rate", schedule.learningRate(), 1e-8, 1);
        range(problems, "train.weight-decay", schedule.weightDecay(), 0, 1);
        range(problems, "train.held-out", heldOut, 0.01, 0.5);
        range(
                problems,
                "train.augmentation.gain, its lower end,",
                augmentation.gainLow(),
                1e-3,
                augmentation.gainHigh());
        range(
                problems,
                "train.augmentation.stretch, its lower end,",
                augmentation.stretchLow(),
                0.1,
                augmentation.stretchHigh());
        range(problems, "train.augmentation.stretch, its upper end,", augmentation.stretchHigh(), 0.1, 10);
        range(problems, "train.augmentation.flip", augmentation.flip(), 0, 1);
        range(problems, "train.augmentation.splice", augmentation.splice(), 0, 1);
        range(problems, "train.augmentation.offset", augmentation.offset(), 0, 1e6);
        range(problems, "train.corruption.noise", corruption.noise(), 0, 1);
        range(problems, "train.corruption.snr-db, its lower end,", corruption.snrLowDb(), -60, corruption.snrHighDb());
        range(problems, "train.corruption.gaussian", corruption.gaussian(), 0, 1);
        range(
                problems,
                "train.corruption.sigma, its lower end,",
                corruption.gaussianLow(),
                1e-6,
                corruption.gaussianHigh());
        range(problems, "train.corruption.mask", corruption.mask(), 0, 1);
        range(problems, "train.corruption.mask-share", corruption.maskShare(), 0, 0.9);
        range(problems, "train.corruption.wander", corruption.wander(), 0, 1);
        corruption.then().forEach(disturbance -> {
            String kind = DisturbanceKeys.kind(disturbance);
            disturbance.problems().forEach(problem -> problems.add("train.corruption, " + kind + ": " + problem));
        });
        return problems;
    }

    private static void range(List<String> problems, String what, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            problems.add(what + " is " + value + ", needs " + low + " to " + high);
        }
    }

    /** The same with another network. */
    public TrainSpec with(Network other) {
        return new TrainSpec(
                name, version, channels, unit, length, other, schedule, corruption, augmentation, heldOut, seed);
    }

    /** The same with another schedule. */
    public TrainSpec with(Schedule other) {
        return new TrainSpec(
                name, version, channels, unit, length, network, other, corruption, augmentation, heldOut, seed);
    }

    /** The same with another seed. */
    public TrainSpec withSeed(long other) {
        return new TrainSpec(
                name, version, channels, unit, length, network, schedule, corruption, augmentation, heldOut, other);
    }
}
