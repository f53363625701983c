package dev.limpid.train;

import dev.limpid.signal.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
 * @param loss what is made small
 * @param ends what stands before and behind the network
 * @param frame what a window is, if it is a frame
 * @param supervision what the network is graded against
 * @param levels what the network makes of levels of noise
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
        long seed,
        Loss loss,
        Ends ends,
        Optional<Frame> frame,
        Supervision supervision,
        Levels levels) {
    public TrainSpec {
        channels = List.copyOf(channels);
    }

    /** With the squared error, normalised windows and a linear output. */
    public TrainSpec(
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
        this(
                name,
                version,
                channels,
                unit,
                length,
                network,
                schedule,
                corruption,
                augmentation,
                heldOut,
                seed,
                Loss.DEFAULT,
                Ends.DEFAULT,
                Optional.empty());
    }

    /** Graded against clean recordings. */
    public TrainSpec(
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
            long seed,
            Loss loss,
            Ends ends,
            Optional<Frame> frame) {
        this(
                name,
                version,
                channels,
                unit,
                length,
                network,
                schedule,
                corruption,
                augmentation,
                heldOut,
                seed,
                loss,
                ends,
                frame,
                new Supervision.Clean(),
                Levels.DEFAULT);
    }

    /** Everything that is wrong with it, one sentence each. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        frame.ifPresent(of -> problems.addAll(of.problems(channels.size(), length)));
        network.problem(length).ifPresent(problems::add);
        if (frame.isPresent()
                && (augmentation.stretchLow() != 1 || augmentation.stretchHigh() != 1 || augmentation.splice() != 0)) {
            problems.add(
                    "train.frame takes frames as they are; needs train.augmentation with stretch [1, 1] and splice 0");
        }
        range(problems, "train.steps", schedule.steps(), 1, 10_000_000);
        range(problems, "train.batch", schedule.batch(), 1, 65_536);
        range(problems, "train.evaluate-every", schedule.evaluateEvery(), 1, 10_000_000);
        range(problems, "train.patience", schedule.patience(), 1, 10_000_000);
        range(problems, "train.learning-rate", schedule.learningRate(), 1e-8, 1);
        range(problems, "train.weight-decay", schedule.weightDecay(), 0, 1);
        range(problems, "train.warm-up", schedule.descent().warmUp(), -1, 10_000_000);
        range(problems, "train.clip-norm", schedule.descent().clipNorm(), 1e-6, 1e6);
        range(problems, "train.average", schedule.descent().average(), 1e-6, 1);
        range(problems, "train.accumulate", schedule.descent().accumulate(), 1, 10_000);
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
        problems.addAll(loss.problems(channels.size()));
        problems.addAll(FeatureNetwork.problems(this));
        if (loss.distance() instanceof Loss.CrossEntropy && ends.output() != Ends.Output.SIGMOID) {
            problems.add("train.loss cross-entropy needs an output from 0 to 1; set train.output to sigmoid");
        }
        if (ends.embedding() && !(network instanceof Dense || frame.isPresent())) {
            problems.add("train.embedding needs a network with a bottleneck: dense, or unet-2d or conv-2d of frames");
        }
        if (ends.embedding() && supervision instanceof Supervision.BlindSpot) {
            problems.add(
                    "train.embedding has no one vector under supervision blind-spot, which sees a window in parts");
        }
        problems.addAll(supervision.problems(this));
        problems.addAll(levels.problems(this));
        return problems;
    }

    private static void range(List<String> problems, String what, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            problems.add(what + " is " + value + ", needs " + low + " to " + high);
        }
    }

    /** What the model's windows are. */
    Kind kind() {
        return frame.<Kind>map(of -> new Kind.Frame(of.height(), of.width(), of.frames()))
                .orElse(Kind.SIGNAL);
    }

    /** Where the recordings are parted. */
    public Split split() {
        return new Split(heldOut, Cut.of(this, augmentation).grain());
    }

    /** The same with another network. */
    public TrainSpec with(Network other) {
        return copy(other, schedule, corruption, seed, loss, ends, supervision, levels);
    }

    /** The same with another schedule. */
    public TrainSpec with(Schedule other) {
        return copy(network, other, corruption, seed, loss, ends, supervision, levels);
    }

    /** The same with another corruption. */
    public TrainSpec with(Corruption other) {
        return copy(network, schedule, other, seed, loss, ends, supervision, levels);
    }

    /** The same with another loss. */
    public TrainSpec with(Loss other) {
        return copy(network, schedule, corruption, seed, other, ends, supervision, levels);
    }

    /** The same with other ends. */
    public TrainSpec with(Ends other) {
        return copy(network, schedule, corruption, seed, loss, other, supervision, levels);
    }

    /** The same, graded against something else. */
    public TrainSpec with(Supervision other) {
        return copy(network, schedule, corruption, seed, loss, ends, other, levels);
    }

    /** The same with other levels of noise. */
    public TrainSpec with(Levels other) {
        return copy(network, schedule, corruption, seed, loss, ends, supervision, other);
    }

    /** The same with another seed. */
    public TrainSpec withSeed(long other) {
        return copy(network, schedule, corruption, other, loss, ends, supervision, levels);
    }

    private TrainSpec copy(
            Network newNetwork,
            Schedule newSchedule,
            Corruption newCorruption,
            long newSeed,
            Loss newLoss,
            Ends newEnds,
            Supervision newSupervision,
            Levels newLevels) {
        return new TrainSpec(
                name,
                version,
                channels,
                unit,
                length,
                newNetwork,
                newSchedule,
                newCorruption,
                augmentation,
                heldOut,
                newSeed,
                newLoss,
                newEnds,
                frame,
                newSupervision,
                newLevels);
    }
}
