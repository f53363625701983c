package dev.limpid.train;

import java.nio.file.Path;
import java.util.Optional;

/** Trains in a JVM of its own, with a checkpoint every seventh step, and says each step on standard output. */
final class CheckpointProbe {
    static final int STEPS = 60;

    private CheckpointProbe() {}

    /** Arguments: the checkpoint; the model file to write. */
    public static void main(String[] arguments) throws Exception {
        train(Optional.of(new Checkpoints(Path.of(arguments[0]), 7)), progress -> System.out.println(progress.step()))
                .bytes()
                .write(Path.of(arguments[1]));
    }

    static TrainedModel train(Optional<Checkpoints> checkpoints, TrainingListener listener) throws Exception {
        return Trainer.train(Toy.data(1), spec(), listener, checkpoints);
    }

    static TrainSpec spec() {
        Schedule schedule = new Schedule(STEPS, 8, 3e-3, 1e-2, 10, 10, new Descent(5, 0.5, 0.01, 2));
        return Toy.spec(Toy.unet(), 1, STEPS).with(schedule);
    }
}
