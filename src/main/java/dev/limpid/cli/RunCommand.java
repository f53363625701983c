package dev.limpid.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code limpid run}. */
@Command(name = "run", description = "Runs pipelines against a Kafka cluster.", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new UnsupportedOperationException("being written");
    }
}
