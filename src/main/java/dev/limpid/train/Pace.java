package dev.limpid.train;

/** Measures how fast this machine trains, so that a time can be turned into a number of steps that can be repeated. */
public final class Pace {
    private static final int WARM_UP = 5;
    private static final int MEASURED = 20;

    private Pace() {}

    /**
     * How many steps of {@code spec} take about {@code minutes}; measured on a scratch network.
     *
     * @throws TrainingRefused if spec or data are not fit for training
     */
    public static int steps(TrainingData data, TrainSpec spec, double minutes) throws TrainingRefused {
        Trainer.refuseUnfit(data, spec);
        TrainingData usable = data.cut(spec);
        Autoencoder autoencoder = Trainer.autoencoder(usable, spec);
        Batches source = Lessons.of(usable, spec, spec.augmentation(), spec.seed());
        Grading grading = Trainer.grading(autoencoder, spec);
        double before = 0;
        if (spec.loss().features() > 0) {
            grading = grading.with(FeatureSpace.unfitted(spec, autoencoder));
            FitTask features = FeatureSpace.task(usable, spec, autoencoder);
            // half as many steps, see there
            before = nanosPerStep(features, spec.schedule(), spec.seed()) / 2;
        }
        FitTask task =
                new WindowTask(autoencoder, grading, source, spec.schedule().batch());
        return steps(before + nanosPerStep(task, spec.schedule(), spec.seed()), minutes);
    }

    /** Of any task. */
    static int steps(FitTask task, Schedule schedule, long seed, double minutes) {
        return steps(nanosPerStep(task, schedule, seed), minutes);
    }

    private static int steps(double nanosPerStep, double minutes) {
        return (int) Math.max(1, Math.min(10_000_000, minutes * 60e9 / nanosPerStep));
    }

    private static double nanosPerStep(FitTask task, Schedule schedule, long seed) {
        try (Fitter fitter = new Fitter(task, schedule, seed)) {
            return nanosPerStep(fitter);
        }
    }

    private static double nanosPerStep(Fitter fitter) {
        for (int step = 0; step < WARM_UP; step++) {
            fitter.step(step);
        }
        long start = System.nanoTime();
        for (int step = 0; step < MEASURED; step++) {
            fitter.step(WARM_UP + step);
        }
        return (System.nanoTime() - start) / (double) MEASURED;
    }
}
