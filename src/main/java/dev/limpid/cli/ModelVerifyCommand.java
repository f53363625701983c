package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.onnx.Admission;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.onnx.Provider;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limpid model verify}. */
@Command(
        name = "verify",
        description = "Says whether a model would be admitted, and why not.",
        mixinStandardHelpOptions = true)
final class ModelVerifyCommand implements Callable<Integer> {
    private static final int MAX_WINDOWS = 64;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "ONNX file.")
    private Path file = Path.of("");

    @Option(names = "--definition", paramLabel = "YAML", description = "The pipeline that is to run it.")
    private @Nullable Path definitionFile;

    @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() throws ModelRefused {
        ModelFile model;
        if (definitionFile == null) {
            model = ModelFile.open(file, Provider.CPU, MAX_WINDOWS);
        } else {
            Definition definition = DefinitionLoader.load(definitionFile, System.getenv());
            model = Admission.ofThisHost().admit(file, Provider.CPU, ModelOpening.expected(definition));
        }
        model.denoiser().close();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("model", model.denoiser().spec().id().toString());
        result.put("nanosPerWindow", model.nanosPerWindow());
        Results.print(spec.commandLine().getOut(), format, result);
        return 0;
    }
}
