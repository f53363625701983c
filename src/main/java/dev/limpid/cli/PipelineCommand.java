package dev.limpid.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code limpid pipeline}. */
@Command(
        name = "pipeline",
        description = "Checks and describes pipeline definitions.",
        mixinStandardHelpOptions = true,
        subcommands = {PipelineCheckCommand.class, PipelineDescribeCommand.class})
final class PipelineCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "pipeline check or pipeline describe?");
        }
    }
}
