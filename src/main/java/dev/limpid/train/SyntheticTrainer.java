package dev.limpid.train;

import dev.limpid.onnx.ModelMetadata;
import dev.limpid.onnx.ModelMetadata.InputStatistics;
import dev.limpid.signal.Floats;
import dev.limpid.train.synthetic.Signals;
import dev.limpid.train.synthetic.Spoiling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Trains a general model of one channel on made-up signals, without any recording: {@link Signals}, spoilt as a
 * {@link Spoiling} says, normalised by {@link NoiseLevel}. What decides when to stop and calibrates the score is drawn from other
 * seeds than what is fitted on.
 */
public final class SyntheticTrainer {
    private static final int HELD_OUT_BATCHES = 16;
    private static final int CALIBRATION_BATCHES = 32;

    private final Spoiling spoiling;
    private final TrainSpec spec;

    public SyntheticTrainer(Spoiling spoiling, TrainSpec spec) {
        this.spoiling = spoiling;
        this.spec = spec;
    }

    /**
     * Trains.
     *
     * @throws TrainingRefused if the spec is not fit for it, or the exported bytes do not compute what was trained
     */
    public TrainedModel train(TrainingListener listener) throws TrainingRefused {
        try {
            return train(listener, Optional.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Trains, and goes on from a checkpoint if there is one, to the same bytes.
     *
     * @throws TrainingRefused as the other; or if the checkpoint is damaged or of another training
     */
    public TrainedModel train(TrainingListener listener, Optional<Checkpoints> checkpoints)
            throws TrainingRefused, IOException {
        refuseUnfit();
        Autoencoder autoencoder = autoencoder();
        HeldOut heldOut = new HeldOut(autoencoder, grading(autoencoder), windows(1), HELD_OUT_BATCHES);
        FitTask task = new WindowTask(
                autoencoder,
                grading(autoencoder),
                windows(2),
                heldOut,
                spec.schedule().batch());
        String identity = Identity.of(spec, spoiling, Signals.all());
        Fitter.Fitted fitted = Trainer.fit(task, spec.schedule(), spec.seed(), listener, checkpoints, identity);
        Autoencoder serving = serving();
        HeldOut calibration = new HeldOut(serving, grading(serving), windows(3), CALIBRATION_BATCHES);
        return Trainer.export(serving, fitted, calibration, spec, origin());
    }

    /**
     * How many steps take about {@code minutes}.
     *
     * @throws TrainingRefused if the spec is not fit for it
     */
    public int steps(double minutes) throws TrainingRefused {
        refuseUnfit();
        Autoencoder autoencoder = autoencoder();
        FitTask task = new WindowTask(
                autoencoder, grading(autoencoder), windows(2), spec.schedule().batch());
        return Pace.steps(task, spec.schedule(), spec.seed(), minutes);
    }

    /**
     * What the model will cost.
     *
     * @throws TrainingRefused if the spec is not fit for it
     */
    public NetworkCost cost() throws TrainingRefused {
        refuseUnfit();
        return NetworkCost.of(serving(), spec);
    }

    private Grading grading(Autoencoder autoencoder) {
        return new Grading(
                spec.loss(), Objective.FOURTH_ROOT, autoencoder.scale().toArray());
    }

    private Autoencoder autoencoder() {
        return new Autoencoder(
                spec.network(),
                spec.channels(),
                spec.length(),
                Floats.of(0),
                Floats.of(1),
                Scaling.NOISE_LEVEL,
                Ends.DEFAULT,
                1,
                spec.levels());
    }

    /** What a model computes that serves. */
    private Autoencoder serving() {
        return autoencoder().with(Scaling.NOISE_LEVEL_OF_BOTH_SIGNS);
    }

    private SyntheticWindows windows(int stream) {
        return new SyntheticWindows(Signals.all(), spoiling, spec.length(), spec.seed() + stream);
    }

    private void refuseUnfit() throws TrainingRefused {
        List<String> problems = new ArrayList<>(spec.problems());
        problems.addAll(spoiling.problems("train.synthetic."));
        if (spec.channels().size() != 1) {
            problems.add("train.synthetic is for one channel, input.channels has " + spec.channels());
        }
        if (!spec.loss().equals(Loss.DEFAULT) || !spec.ends().equals(Ends.DEFAULT)) {
            problems.add(
                    "train.synthetic has a loss and ends of its own; train.loss, normalise and output have no meaning");
        }
        if (!(spec.supervision() instanceof Supervision.Clean)) {
            problems.add("train.synthetic knows its signals' truth; train.supervision has no meaning");
        }
        problems.addAll(spec.levels().problemsOfSynthetic());
        if (spec.length() < 16) {
            problems.add("window.length is " + spec.length() + ", train.synthetic needs at least 16");
        }
        if (!problems.isEmpty()) {
            throw new TrainingRefused("cannot train " + spec.name(), problems);
        }
    }

    /** No data: so no digest, no epoch but the one, and every input is as good as another. */
    private Trainer.MadeFrom origin() {
        List<String> phrases = new ArrayList<>(Signals.all().phrases());
        phrases.addAll(spoiling.phrases());
        ModelMetadata.Training training =
                new ModelMetadata.Training(new TreeMap<>(), spec.seed(), phrases, 1, Trainer.code(), 1);
        return new Trainer.MadeFrom(
                training, List.of(new InputStatistics(0, 1, -Float.MAX_VALUE, Float.MAX_VALUE)), List.of());
    }
}
