package dev.limpid.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code limpid denoise}. */
@Command(name = "denoise", description = "Cleans a CSV file, without Kafka.", mixinStandardHelpOptions = true)
final class DenoiseCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new UnsupportedOperationException("being written");
    }
}
