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
        FitTask task = new WindowTask(
                autoencoder,
                Trainer.grading(autoencoder, spec),
                source,
                spec.schedule().batch());
        return steps(task, spec.schedule(), spec.seed(), minutes);
    }

    /** Of any task. */
    static int steps(FitTask task, Schedule schedule, long seed, double minutes) {
        try (Fitter fitter = new Fitter(task, schedule, seed)) {
            return steps(fitter, minutes);
        }
    }

    private static int steps(Fitter fitter, double minutes) {
        for (int step = 0; step < WARM_UP; step++) {
            fitter.step(step);
        }
        long start = System.nanoTime();
        for (int step = 0; step < MEASURED; step++) {
            fitter.step(WARM_UP + step);
        }
        double perStep = (System.nanoTime() - start) / (double) MEASURED;
        return (int) Math.max(1, Math.min(10_000_000, minutes * 60e9 / perStep));
    }
}
