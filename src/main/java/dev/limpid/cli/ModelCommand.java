package dev.limpid.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code limpid model}. */
@Command(
        name = "model",
        description = "Checks, describes and publishes models.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ModelVerifyCommand.class,
            ModelInspectCommand.class,
            ModelAdoptCommand.class,
            ModelCalibrateCommand.class,
            ModelDiffCommand.class,
            ModelPublishCommand.class,
            ModelListCommand.class,
            ModelPromoteCommand.class,
            ModelRollbackCommand.class,
            ModelWithdrawCommand.class,
            ModelGcCommand.class,
            ModelKeygenCommand.class,
            ModelSignCommand.class
        })
final class ModelCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(
                    spec.commandLine(), "which of " + spec.subcommands().keySet() + "?");
        }
    }
}
