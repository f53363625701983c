package dev.limpid.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The {@code limpid} command: one subcommand per file, one place that maps exceptions to message and exit code. */
@Command(
        name = "limpid",
        description = "Limpid, a streaming denoiser on Kafka.",
        mixinStandardHelpOptions = true,
        version = "limpid 0.1.0",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            DenoiseCommand.class,
            ScoreCommand.class,
            TrainCommand.class,
            TrainerCommand.class,
            EvaluateCommand.class,
            ModelCommand.class,
            PipelineCommand.class,
            TopicsCommand.class,
            BenchCommand.class,
            CudaCheckCommand.class
        })
public final class Limpid {
    /** Exit code of a command that was refused or failed. */
    static final int FAILED = 1;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Limpid())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((exception, line, parsed) -> {
                    if (exception instanceof ParameterException usage) {
                        throw usage;
                    }
                    line.getErr().println("limpid: " + message(exception));
                    if (System.getenv("LIMPID_DEBUG") != null) {
                        exception.printStackTrace(line.getErr());
                    }
                    return FAILED;
                });
    }

    private static String message(Exception exception) {
        String text = exception.getMessage();
        if (exception instanceof NoSuchFileException) {
            return text + ": no such file or folder"; // its own message is the name alone, as is the next one's
        }
        if (exception instanceof AccessDeniedException) {
            return text + ": not allowed";
        }
        return text == null ? exception.toString() : text;
    }
}
