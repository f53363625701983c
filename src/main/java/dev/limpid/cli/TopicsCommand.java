package dev.limpid.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code limpid topics}. */
@Command(name = "topics", description = "Creates or checks the topics of a pipeline.", mixinStandardHelpOptions = true)
final class TopicsCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new UnsupportedOperationException("being written");
    }
}
