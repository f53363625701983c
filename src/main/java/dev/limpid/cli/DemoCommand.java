package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.demo.TrainingFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code limpid demo}. */
@Command(
        name = "demo",
        description = "Runs an embedded broker, simulated sensors and the real topology.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--write-training-data",
            paramLabel = "FOLDER",
            hidden = true,
            description = "Writes what models/demo.onnx is trained on, and ends.")
    private @Nullable Path trainingFolder;

    @Override
    public Integer call() throws IOException {
        if (trainingFolder != null) {
            Definition.Input input = definition().input();
            TrainingFiles.write(trainingFolder, input.channels().get(0), input.sampleRateHz());
        }
        return 0;
    }

    private static Path home() {
        return Path.of(System.getProperty("limpid.home", ""));
    }

    private static Definition definition() {
        return DefinitionLoader.load(home().resolve("topology").resolve("demo.yaml"), Map.of());
    }
}
