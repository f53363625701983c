package dev.limpid.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code limpid pipeline}. */
@Command(name = "pipeline", description = "Checks and describes pipeline definitions.", mixinStandardHelpOptions = true)
final class PipelineCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new UnsupportedOperationException("being written");
    }
}
