package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.definition.Nearest;
import dev.limpid.model.WindowRange;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.signal.Kind;
import dev.limpid.train.Recalibration;
import dev.limpid.train.TrainBlock;
import dev.limpid.train.TrainingData;
import dev.limpid.train.TrainingRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limpid model calibrate}. */
@Command(
        name = "calibrate",
        description = "Tells a model where its windows lie, for gaps.fallback; what it computes stays as it is.",
        mixinStandardHelpOptions = true)
final class ModelCalibrateCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Model file.")
    private Path file = Path.of("");

    @Option(
            names = "--definition",
            required = true,
            paramLabel = "FILE",
            description = "The pipeline definition whose 'train' block it was trained by.")
    private Path definitionFile = Path.of("");

    @Option(names = "--clean", paramLabel = "CSV", description = "The clean recordings it was trained on; repeatable.")
    private List<Path> clean = List.of();

    @Option(names = "--noise", paramLabel = "CSV", description = "Likewise the recorded noise; repeatable.")
    private List<Path> noise = List.of();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "ONNX",
            description = "The model file to write; may be FILE.")
    private Path out = Path.of("");

    @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() throws IOException, ModelRefused, TrainingRefused {
        Definition definition = DefinitionLoader.load(definitionFile, System.getenv());
        if (!definition.kind().equals(Kind.SIGNAL)) {
            throw new TrainingRefused(
                    "cannot calibrate",
                    List.of("kind is " + definition.kind().label()
                            + "; only models of signals were ever written without their range: train it anew"));
        }
        TrainBlock.Read read = TrainBlock.read(
                definition.train(),
                new TrainBlock.Target(
                        definition.model().name(),
                        "1",
                        definition.input().channels(),
                        definition.window().length(),
                        definition.input().sampleRateHz(),
                        definition.kind()),
                Nearest::of);
        List<String> problems = new ArrayList<>(read.problems());
        TrainingData data = new TrainingFiles(definitionFile, problems)
                .data(definition.input().channels(), clean, noise, read.spec().corruption());
        if (read.synthetic().isEmpty() && clean.isEmpty()) {
            problems.add("no clean recording given: --clean FILE");
        }
        if (!problems.isEmpty()) {
            throw new TrainingRefused("cannot calibrate", problems);
        }
        Recalibration.Recalibrated model = Recalibration.of(file, data, read.spec(), read.synthetic());
        model.bytes().write(out);
        WindowRange range = model.metadata().range();
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("file", out.toString());
        result.put("model", model.metadata().name() + ":" + model.metadata().version());
        result.put("bytes", model.bytes().size());
        result.put("channels", range.channels().size());
        result.put("bound", range.bound());
        result.put("next", "limpid model verify " + out);
        Results.print(spec.commandLine().getOut(), format, result);
        return 0;
    }
}
