package dev.limpid.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code limpid demo}. */
@Command(
        name = "demo",
        description = "Runs an embedded broker, simulated sensors and the real topology.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new UnsupportedOperationException("being written");
    }
}
