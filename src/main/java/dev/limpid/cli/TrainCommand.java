package dev.limpid.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code limpid train}. */
@Command(name = "train", description = "Trains a model and exports it to ONNX.", mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new UnsupportedOperationException("being written");
    }
}
