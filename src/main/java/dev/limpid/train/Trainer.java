package dev.limpid.train;

import dev.limpid.eval.NoiseEstimate;
import dev.limpid.model.ChannelSpec;
import dev.limpid.onnx.FrameShape;
import dev.limpid.onnx.ModelMetadata;
import dev.limpid.onnx.ModelMetadata.GoldenWindow;
import dev.limpid.onnx.ModelMetadata.InputStatistics;
import dev.limpid.signal.Floats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Trains a denoising autoencoder and writes it as an ONNX file that has been checked against the engine that trained it.
 *
 * <p>Clean windows are varied ({@link Augmentation}) and spoilt ({@link Corruption}) afresh for every batch; the network
 * learns to give the clean window back. The last part in time of every recording is held out: it decides when to stop and
 * calibrates the scores. One thread; a second training in the same JVM at the same time is correct but slow.
 */
public final class Trainer {
    private static final int HELD_OUT_BATCHES = 6;
    private static final int CALIBRATION_BATCHES = 16;

    /** Of the greatest scale among the channels: far above rounding (1e-6), far below what a wrong operator does. */
    private static final float TOLERANCE = 1e-3f;

    private Trainer() {}

    /**
     * Trains.
     *
     * @throws TrainingRefused if spec or data are not fit for it, or the exported bytes do not compute what was trained
     */
    public static TrainedModel train(TrainingData data, TrainSpec spec, TrainingListener listener)
            throws TrainingRefused {
        return train(data, spec, Optional.empty(), listener);
    }

    /**
     * Trains, from the weights of a model if one is given: what comes out is no worse on the held-out part.
     *
     * @throws TrainingRefused as the other; or if the model has another network
     */
    public static TrainedModel train(
            TrainingData data, TrainSpec spec, Optional<StartingWeights> start, TrainingListener listener)
            throws TrainingRefused {
        try {
            return train(data, spec, listener, Optional.empty(), start);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Trains, and goes on from a checkpoint if there is one: then what comes out is the same, byte for byte, as if nothing had
     * been between.
     *
     * @throws TrainingRefused as the other; or if the checkpoint is damaged or of another training
     */
    public static TrainedModel train(
            TrainingData data, TrainSpec spec, TrainingListener listener, Optional<Checkpoints> checkpoints)
            throws TrainingRefused, IOException {
        return train(data, spec, listener, checkpoints, Optional.empty());
    }

    private static TrainedModel train(
            TrainingData data,
            TrainSpec spec,
            TrainingListener listener,
            Optional<Checkpoints> checkpoints,
            Optional<StartingWeights> start)
            throws TrainingRefused, IOException {
        refuseUnfit(data, spec);
        Optional<String> misfit = start.flatMap(weights -> weights.misfit(spec));
        if (misfit.isPresent()) {
            throw new TrainingRefused("cannot train " + spec.name(), List.of(misfit.get()));
        }
        TrainingData fitted = data.head(spec.split()).cut(spec);
        TrainingData kept = data.tail(spec.split()).cut(spec);
        Autoencoder autoencoder = autoencoder(fitted, spec);
        Batches looks = Lessons.of(kept, spec, Augmentation.NONE, spec.seed() + 1);
        String identity = Identity.of(spec, data);
        Grading plain = grading(autoencoder, spec);
        Grading grading = plain;
        if (spec.loss().features() > 0) {
            grading = plain.with(FeatureSpace.fitted(fitted, spec, autoencoder, listener, checkpoints, identity));
        }
        HeldOut heldOut = new HeldOut(autoencoder, grading, looks, HELD_OUT_BATCHES);
        Batches source = Lessons.of(fitted, spec, spec.augmentation(), spec.seed() + 2);
        FitTask task = new WindowTask(
                autoencoder, grading, source, heldOut, spec.schedule().batch(), start.map(StartingWeights::weights));
        Fitter.Fitted result = fit(task, spec.schedule(), spec.seed(), listener, checkpoints, identity);
        Autoencoder serving = serving(autoencoder, spec);
        Batches served = Lessons.plain(kept, spec, Augmentation.NONE, spec.seed() + 3);
        // its loss is looked at by nobody: no features for it
        HeldOut calibration = new HeldOut(serving, plain, served, CALIBRATION_BATCHES);
        TrainingData usable = data.cut(spec);
        MadeFrom origin =
                new MadeFrom(provenance(spec, data, start, result), inputs(usable, spec), usable.noiseOf(spec));
        return export(serving, result, calibration, spec, origin);
    }

    static Fitter.Fitted fit(
            FitTask task,
            Schedule schedule,
            long seed,
            TrainingListener listener,
            Optional<Checkpoints> checkpoints,
            String identity)
            throws TrainingRefused, IOException {
        try (Fitter fitter = new Fitter(task, schedule, seed)) {
            return checkpoints.isPresent() ? checkpoints.get().fit(fitter, listener, identity) : fitter.fit(listener);
        }
    }

    /** What a model computes that serves: in all its steps; where a blind spot was trained, through all masks. */
    static Autoencoder serving(Autoencoder autoencoder, TrainSpec spec) {
        Autoencoder refined = autoencoder.with(spec.levels());
        return spec.supervision() instanceof Supervision.BlindSpot blind ? refined.through(blind.masks()) : refined;
    }

    /**
     * What a model was made from.
     *
     * @param inputs one per channel
     * @param noise that noisy recordings hold by themselves, one per channel; empty where the truth is known
     */
    record MadeFrom(ModelMetadata.Training training, List<InputStatistics> inputs, List<NoiseEstimate> noise) {}

    static void refuseUnfit(TrainingData data, TrainSpec spec) throws TrainingRefused {
        List<String> problems = new ArrayList<>(spec.problems());
        if (problems.isEmpty()) {
            problems.addAll(data.problems(spec));
        }
        if (!problems.isEmpty()) {
            throw new TrainingRefused("cannot train " + spec.name(), problems);
        }
    }

    /** What is fitted, in one step. */
    static Autoencoder autoencoder(TrainingData data, TrainSpec spec) {
        int channels = spec.channels().size();
        float[] centre = new float[channels];
        float[] scale = new float[channels];
        for (int channel = 0; channel < channels; channel++) {
            InputStatistics statistics = Recording.statistics(data.clean(), channel);
            centre[channel] = statistics.mean();
            scale[channel] = Math.max(1e-20f, statistics.standardDeviation());
        }
        return new Autoencoder(
                spec.network(),
                spec.channels(),
                spec.length(),
                Floats.of(centre),
                Floats.of(scale),
                Scaling.DEVIATION,
                spec.ends(),
                1,
                spec.levels().refined(1));
    }

    /** Without {@link Loss#features}. */
    static Grading grading(Autoencoder autoencoder, TrainSpec spec) {
        return new Grading(spec.loss(), Objective.SQUARE, autoencoder.scale().toArray());
    }

    /** Calibrates, writes, checks. */
    static TrainedModel export(
            Autoencoder autoencoder, Fitter.Fitted fitted, HeldOut calibration, TrainSpec spec, MadeFrom origin)
            throws TrainingRefused {
        try (TorchOps ops = TorchOps.of(fitted.weights())) {
            HeldOut.Calibration calibrated = calibration.calibrate(ops);
            TrainingBatch batch = calibration.batches().get(0);
            float[] clean = calibration.clean(ops, batch);
            boolean known = origin.noise().isEmpty();
            HeldOutCases cases = known
                    ? HeldOutCases.of(calibration, ops, spec.channels(), calibrated.residualScale())
                    : NoisyCases.of(calibration, ops, spec.channels(), calibrated.residualScale());
            TrainingBatch golden = GoldenWindows.inputs(autoencoder, spec.seed());
            ModelMetadata metadata = new ModelMetadata(
                    ModelMetadata.FORMAT,
                    spec.name(),
                    spec.version(),
                    "signal",
                    spec.length(),
                    channels(spec, calibrated.residualScale()),
                    calibrated.scoreQuantiles(),
                    origin.training(),
                    origin.inputs(),
                    golden(autoencoder, golden, calibration.clean(ops, golden)),
                    metrics(
                            known
                                    ? new TrueMetrics(calibration, spec.levels().refine()).of(ops)
                                    : new NoisyMetrics(cases.cases(), origin.noise()).of(),
                            fitted));
            metadata = kind(metadata.with(calibration.range(ops, calibrated.residualScale())), spec);
            byte[] bytes = OnnxFile.bytes(autoencoder, fitted.weights(), calibrated.residualScale(), metadata);
            ExportCheck.check(bytes, metadata, batch, clean, tolerance(autoencoder));
            long parameters = fitted.weights().values().stream()
                    .mapToLong(values -> values.length)
                    .sum();
            return new TrainedModel(
                    new OnnxBytes(bytes),
                    metadata,
                    parameters,
                    fitted.steps(),
                    fitted.bestStep(),
                    TrainedModel.Example.of(batch, clean, known),
                    cases);
        }
    }

    /** The same as a model of what the spec's windows are. */
    static ModelMetadata kind(ModelMetadata metadata, TrainSpec spec) {
        return spec.frame()
                .map(of -> metadata.with(new FrameShape(of.height(), of.width(), of.frames())))
                .orElse(metadata);
    }

    private static float tolerance(Autoencoder autoencoder) {
        float greatest = 0;
        for (float scale : autoencoder.scale().toArray()) {
            greatest = Math.max(greatest, scale);
        }
        return TOLERANCE * greatest;
    }

    private static List<ChannelSpec> channels(TrainSpec spec, Floats residualScale) {
        List<ChannelSpec> channels = new ArrayList<>();
        for (int channel = 0; channel < residualScale.length(); channel++) {
            channels.add(new ChannelSpec(spec.channels().get(channel), spec.unit(), residualScale.at(channel)));
        }
        return channels;
    }

    private static ModelMetadata.Training provenance(
            TrainSpec spec, TrainingData data, Optional<StartingWeights> start, Fitter.Fitted fitted) {
        SortedMap<String, String> digests = new TreeMap<>();
        long samples = 0;
        for (Recording recording : data.clean()) {
            digests.put(recording.file(), recording.sha256());
            samples += recording.samples();
        }
        data.allNoise().forEach(recording -> digests.put(recording.file(), recording.sha256()));
        long drawn = (long) fitted.steps() * spec.schedule().batch() * spec.length();
        List<String> phrases = phrases(spec, data);
        start.ifPresent(weights -> phrases.add(weights.phrase()));
        return new ModelMetadata.Training(
                digests, spec.seed(), phrases, (int) Math.max(1, drawn / Math.max(1, samples)), code(), 1);
    }

    private static List<String> phrases(TrainSpec spec, TrainingData data) {
        List<String> phrases = new ArrayList<>();
        if (!(spec.supervision() instanceof Supervision.Clean)) {
            phrases.add("learned from " + spec.supervision().phrase());
        }
        phrases.addAll(spec.corruption().phrases(!data.noise().isEmpty()));
        return phrases;
    }

    static String code() {
        return "limpid " + Torch.version();
    }

    private static List<InputStatistics> inputs(TrainingData data, TrainSpec spec) {
        List<InputStatistics> inputs = new ArrayList<>();
        for (int channel = 0; channel < spec.channels().size(); channel++) {
            inputs.add(Recording.statistics(data.clean(), channel));
        }
        return inputs;
    }

    static List<GoldenWindow> golden(Autoencoder autoencoder, TrainingBatch batch, float[] clean) {
        List<GoldenWindow> golden = new ArrayList<>();
        for (int window = 0; window < batch.windows; window++) {
            int from = batch.at(window, 0);
            int to = batch.at(window + 1, 0);
            golden.add(new GoldenWindow(
                    Floats.owning(Arrays.copyOfRange(batch.x, from, to)),
                    Floats.owning(Arrays.copyOfRange(batch.observed, from, to)),
                    Floats.owning(Arrays.copyOfRange(clean, from, to)),
                    tolerance(autoencoder)));
        }
        return golden;
    }

    private static SortedMap<String, Double> metrics(SortedMap<String, Double> metrics, Fitter.Fitted fitted) {
        metrics.put("steps", (double) fitted.steps());
        metrics.put("bestStep", (double) fitted.bestStep());
        return metrics;
    }
}
