package dev.limpid.cli;

import dev.limpid.model.ChannelSpec;
import dev.limpid.onnx.ModelMetadata;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.signal.Floats;
import dev.limpid.train.Adoption;
import dev.limpid.train.AdoptionSpec;
import dev.limpid.train.CsvRecording;
import dev.limpid.train.TrainingRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limpid model adopt}. */
@Command(
        name = "adopt",
        description =
                "Makes a Limpid model of an ONNX file that was exported elsewhere: one float32 input, one output.",
        mixinStandardHelpOptions = true)
final class ModelAdoptCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "ONNX file.")
    private Path file = Path.of("");

    @Option(names = "--window", required = true, paramLabel = "N", description = "Samples per window.")
    private int window;

    @Option(
            names = "--channels",
            required = true,
            split = ",",
            paramLabel = "NAME",
            description = "In the order of the tensor's channel axis.")
    private List<String> channels = List.of();

    @Option(
            names = "--calibrate",
            required = true,
            paramLabel = "CSV",
            description = "Data as they will come: residual scale, score quantiles and golden windows come from them.")
    private Path sample = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "ONNX", description = "The model file to write.")
    private Path out = Path.of("");

    @Option(names = "--name", description = "The model's name; default: the file's.")
    private @Nullable String name;

    @Option(names = "--model-version", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private String version = "1";

    @Option(names = "--unit", description = "Of the channels, for people.")
    private String unit = "";

    @Option(
            names = "--mean",
            split = ",",
            description = "Per channel: taken away before the model, given back after it.")
    private List<Float> mean = List.of();

    @Option(
            names = "--std",
            split = ",",
            description = "Per channel: divided by before the model, multiplied by after it.")
    private List<Float> deviation = List.of();

    @Option(names = "--normalise", description = "Take --mean and --std from the sample data.")
    private boolean normalise;

    @Option(names = "--dry-run", description = "Do everything, all checks included, and write nothing.")
    private boolean dryRun;

    @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() throws IOException, ModelRefused, TrainingRefused {
        if (normalise && !(mean.isEmpty() && deviation.isEmpty())) {
            throw new ParameterException(spec.commandLine(), "--normalise and --mean, --std exclude each other");
        }
        AdoptionSpec wanted =
                new AdoptionSpec(named(), version, window, channels, unit, floats(mean), floats(deviation));
        Adoption.Adopted adopted = Adoption.adopt(file, wanted, CsvRecording.read(sample), normalise);
        if (!dryRun) {
            adopted.bytes().write(out);
        }
        print(adopted.metadata(), adopted.bytes().size());
        return 0;
    }

    private String named() {
        return name != null ? name : String.valueOf(file.getFileName()).replaceFirst("\\.onnx$", "");
    }

    private static Floats floats(List<Float> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i);
        }
        return Floats.owning(floats);
    }

    private void print(ModelMetadata metadata, int bytes) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("file", out.toString());
        result.put("model", metadata.name() + ":" + metadata.version());
        result.put("bytes", bytes);
        result.put("window", metadata.windowLength());
        result.put(
                "residualScale",
                metadata.channels().stream().map(ChannelSpec::residualScale).toList());
        result.put("goldenWindows", metadata.golden().size());
        result.put("dryRun", dryRun);
        if (!dryRun) {
            result.put("next", "limpid model verify " + out);
        }
        Results.print(spec.commandLine().getOut(), format, result);
    }
}
