package dev.limpid.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code limpid bench}. */
@Command(
        name = "bench",
        description = "Measures throughput, CPU and latency on an embedded broker.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new UnsupportedOperationException("being written");
    }
}
