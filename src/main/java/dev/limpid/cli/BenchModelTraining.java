package dev.limpid.cli;

import dev.limpid.demo.bench.BenchModel;
import dev.limpid.train.Augmentation;
import dev.limpid.train.Corruption;
import dev.limpid.train.Dense;
import dev.limpid.train.Recording;
import dev.limpid.train.Schedule;
import dev.limpid.train.TrainSpec;
import dev.limpid.train.TrainedModel;
import dev.limpid.train.Trainer;
import dev.limpid.train.TrainingData;
import dev.limpid.train.TrainingListener;
import dev.limpid.train.TrainingRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Makes {@code models/bench.onnx}: a small dense autoencoder for the benchmark's own signal. */
final class BenchModelTraining {
    private static final int SERIES = 9;

    private BenchModelTraining() {}

    static TrainedModel write(Path file) throws TrainingRefused, IOException {
        Recording sines = new Recording("bench signal", "", List.of(BenchModel.cleanSignal(SERIES)));
        TrainSpec spec = new TrainSpec(
                "bench",
                "1",
                List.of("lead"),
                "",
                BenchModel.WINDOW,
                new Dense(List.of(64, 16, 64)),
                new Schedule(1500, 64, 2e-3, 1e-2, 250, 10),
                new Corruption(0, 0, 0, 1, 0.1, 0.4, 0.3, 0.3, 0),
                Augmentation.NONE,
                0.2,
                1);
        TrainedModel model = Trainer.train(new TrainingData(List.of(sines), List.of()), spec, TrainingListener.NONE);
        model.bytes().write(file);
        return model;
    }
}
