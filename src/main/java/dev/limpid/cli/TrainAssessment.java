package dev.limpid.cli;

import dev.limpid.eval.Assessment;
import dev.limpid.eval.Case;
import dev.limpid.eval.ChannelFacts;
import dev.limpid.eval.Comparison;
import dev.limpid.eval.Evidence;
import dev.limpid.eval.Finding;
import dev.limpid.eval.LearningCurve;
import dev.limpid.eval.ScoreCalibration;
import dev.limpid.eval.Stretch;
import dev.limpid.eval.filter.Filters;
import dev.limpid.eval.filter.FrameFilter;
import dev.limpid.onnx.ModelMetadata;
import dev.limpid.signal.Floats;
import dev.limpid.signal.Kind;
import dev.limpid.train.Recording;
import dev.limpid.train.Supervision;
import dev.limpid.train.TrainSpec;
import dev.limpid.train.TrainedModel;
import dev.limpid.train.TrainingData;
import dev.limpid.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Listens to training and says afterwards how good the model is on held-out windows. Confined to one thread. */
final class TrainAssessment implements TrainingListener {
    /** Less than this share of equal stretches is chance and flat lines. */
    private static final double LEAK = 0.01;

    private final TrainingListener next;
    private final List<LearningCurve.Look> looks = new ArrayList<>();
    private double lastLoss = Double.NaN;

    /** @param next hears everything, too */
    TrainAssessment(TrainingListener next) {
        this.next = next;
    }

    @Override
    public void features(Progress at) {
        next.features(at);
    }

    @Override
    public void progress(Progress at) {
        next.progress(at);
        if (Double.isFinite(at.heldOutLoss()) && at.heldOutLoss() != lastLoss) {
            lastLoss = at.heldOutLoss();
            looks.add(new LearningCurve.Look(at.step(), at.loss(), at.heldOutLoss(), at.gainDb()));
        }
    }

    /** @param data what it was trained on; empty if that was made up */
    Assessment of(TrainedModel model, TrainSpec spec, TrainingData data, double sampleRateHz) {
        List<Case> cases = model.heldOut().cases();
        Optional<Kind.Frame> frame = spec.frame().map(of -> new Kind.Frame(of.height(), of.width(), of.frames()));
        // made-up windows are new ones, always
        long samples = data.clean().isEmpty()
                ? (long) model.steps()
                        * spec.schedule().descent().accumulate()
                        * spec.schedule().batch()
                        * spec.length()
                : 0;
        for (Recording recording : data.clean()) {
            samples += Math.round(recording.samples() * (1 - spec.heldOut()));
        }
        List<String> leaks = new ArrayList<>();
        double repeated = data.repeated(spec.split());
        if (repeated > LEAK) {
            leaks.add(String.format(
                    Locale.ROOT, "%.0f %% of the held-out stretches stand in the fitted part, too", 100 * repeated));
        }
        Evidence evidence = new Evidence(
                cases,
                model.heldOut().reproduced(),
                recordings(model.metadata(), data),
                ScoreCalibration.of(
                        model.metadata().scoreQuantiles(), model.heldOut().scores()),
                Optional.of(new LearningCurve(
                        spec.loss().phrase(spec.channels()),
                        looks,
                        model.bestStep(),
                        samples,
                        spec.length(),
                        model.parameters())),
                leaks,
                sampleRateHz,
                frame);
        Comparison comparison = Comparison.of(
                "model " + spec.name(),
                cases,
                frame.map(FrameFilter::standard).orElseGet(() -> Filters.standard(sampleRateHz)),
                sampleRateHz);
        return Assessment.of(evidence, comparison).with(blindTo(data, spec));
    }

    /** What a blind spot cannot tell from signal. */
    private static List<Finding> blindTo(TrainingData data, TrainSpec spec) {
        return spec.supervision() instanceof Supervision.BlindSpot
                ? data.noiseOf(spec).stream()
                        .flatMap(noise -> noise.mismatch().stream())
                        .toList()
                : List.of();
    }

    /** Each channel of each recording against all of them: a file in another unit stands out. */
    private static List<ChannelFacts> recordings(ModelMetadata metadata, TrainingData data) {
        List<ChannelFacts> facts = new ArrayList<>();
        for (Recording recording : data.clean()) {
            for (int channel = 0; channel < metadata.channels().size(); channel++) {
                Floats values = Floats.owning(recording.channels().get(channel));
                String name = metadata.channels().get(channel).name() + " of " + recording.name();
                ModelMetadata.InputStatistics all = metadata.inputs().get(channel);
                ChannelFacts here = ChannelFacts.of(
                        name,
                        1,
                        all.mean(),
                        all.standardDeviation(),
                        List.of(new Case(name, List.of(Stretch.unknown(values, values, Floats.of())))));
                facts.add(new ChannelFacts(
                        name, 1, 1, all.mean(), all.standardDeviation(), here.mean(), here.deviation()));
            }
        }
        return facts;
    }
}
