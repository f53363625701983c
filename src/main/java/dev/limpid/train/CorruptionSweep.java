package dev.limpid.train;

import dev.limpid.eval.StrengthSweep;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Trains for a short time at several strengths of the corruption. All are graded on the same validation windows, from the held-out part and
 * spoilt as the definition says: what the model is for does not change with what it is trained on. {@link Loss#features} are left out: they
 * would have to be fitted anew at each strength. Confined to one thread.
 *
 * @param steps of each training
 */
public record CorruptionSweep(TrainingData data, TrainSpec spec, int steps) {
    private static final int BATCHES = 6;

    /**
     * Sweeps.
     *
     * @param strengths factors on the corruption, positive
     * @param listener hears each point
     * @throws TrainingRefused if spec or data are not fit for it
     */
    public StrengthSweep over(List<Double> strengths, Consumer<StrengthSweep.Point> listener) throws TrainingRefused {
        refuseUnfit(strengths);
        List<StrengthSweep.Point> points = new ArrayList<>();
        for (double strength : strengths) {
            StrengthSweep.Point point = point(strength);
            listener.accept(point);
            points.add(point);
        }
        return new StrengthSweep(points, steps);
    }

    /** The spec with the corruption at that strength. */
    public TrainSpec at(double strength) {
        return strength == 1 ? spec : spec.with(new Strength(strength).of(spec.corruption()));
    }

    private void refuseUnfit(List<Double> strengths) throws TrainingRefused {
        List<String> problems = new ArrayList<>();
        if (!(spec.supervision() instanceof Supervision.Clean)) {
            problems.add("a sweep grades against the truth, which train.supervision other than clean has not");
        }
        for (double strength : strengths) {
            if (!(strength > 0 && strength <= 100)) {
                problems.add("a strength is " + strength + ", needs to be above 0, up to 100");
            } else if (problems.isEmpty()) {
                at(strength).problems().forEach(problem -> problems.add("at strength " + strength + ": " + problem));
            }
        }
        if (strengths.isEmpty()) {
            problems.add("a sweep needs strengths");
        }
        if (!problems.isEmpty()) {
            throw new TrainingRefused("cannot sweep the corruption of " + spec.name(), problems);
        }
        Trainer.refuseUnfit(data, spec);
    }

    private StrengthSweep.Point point(double strength) {
        TrainSpec swept = at(strength).with(spec.schedule().withSteps(steps));
        TrainingData kept = data.tail(spec.split());
        TrainingData fitted = data.head(spec.split());
        Autoencoder autoencoder = Trainer.autoencoder(fitted, spec);
        Grading grading = Trainer.grading(autoencoder, spec);
        HeldOut looks = new HeldOut(autoencoder, grading, windows(kept, spec, 1), BATCHES);
        HeldOut validation = new HeldOut(autoencoder, grading, windows(kept, spec, 4), BATCHES);
        HeldOut spoilt = new HeldOut(autoencoder, grading, windows(kept, swept, 5), BATCHES);
        Batches source = Lessons.of(fitted, swept, spec.augmentation(), spec.seed() + 2);
        FitTask task = new WindowTask(
                autoencoder, grading, source, looks, swept.schedule().batch());
        Fitter.Fitted result;
        try (Fitter fitter = new Fitter(task, swept.schedule(), spec.seed())) {
            result = fitter.fit(TrainingListener.NONE);
        }
        try (TorchOps ops = TorchOps.of(result.weights())) {
            return new StrengthSweep.Point(strength, validation.evaluate(ops).gainDb(), hidden(spoilt, ops));
        }
    }

    private static Batches windows(TrainingData kept, TrainSpec spec, int stream) {
        return Lessons.of(kept, spec, Augmentation.NONE, spec.seed() + stream);
    }

    private List<StrengthSweep.Hidden> hidden(HeldOut spoilt, TorchOps ops) {
        int channels = spec.channels().size();
        Recovery[] recovery = new Recovery[channels];
        for (int channel = 0; channel < channels; channel++) {
            recovery[channel] = new Recovery();
        }
        for (TrainingBatch batch : spoilt.batches()) {
            float[] clean = spoilt.clean(ops, batch);
            for (int i = 0; i < clean.length; i++) {
                recovery[i / batch.length % channels].add(batch.observed[i] > 0, batch.target[i], clean[i]);
            }
        }
        List<StrengthSweep.Hidden> hidden = new ArrayList<>();
        for (int channel = 0; channel < channels; channel++) {
            hidden.add(recovery[channel].of(spec.channels().get(channel)));
        }
        return hidden;
    }

    /** Of one channel: how much was hidden, and how much of that came back. */
    private static final class Recovery {
        private long all;
        private long hidden;
        private double sum;
        private double squares;
        private double errors;

        void add(boolean observed, double target, double clean) {
            all++;
            if (!observed) {
                hidden++;
                sum += target;
                squares += target * target;
                errors += (clean - target) * (clean - target);
            }
        }

        StrengthSweep.Hidden of(String channel) {
            double variance = squares - sum * sum / Math.max(1, hidden);
            double recovered = hidden == 0 ? Double.NaN : 1 - errors / Math.max(Double.MIN_NORMAL, variance);
            return new StrengthSweep.Hidden(channel, (double) hidden / Math.max(1, all), recovered);
        }
    }
}
