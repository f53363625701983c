package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.definition.Nearest;
import dev.limpid.train.Checkpoints;
import dev.limpid.train.ModelCard;
import dev.limpid.train.Network;
import dev.limpid.train.Pace;
import dev.limpid.train.TrainBlock;
import dev.limpid.train.TrainSpec;
import dev.limpid.train.TrainedModel;
import dev.limpid.train.Trainer;
import dev.limpid.train.TrainingData;
import dev.limpid.train.TrainingRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limpid train}: from recordings to a checked ONNX file with its model card. */
@Command(
        name = "train",
        description =
                "Trains a denoising autoencoder on recordings and exports it to ONNX, with a model card beside it.",
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "The pipeline definition the model is for; its 'train' block" + " holds the defaults.")
    private @Nullable Path definitionFile;

    @Option(
            names = "--clean",
            required = true,
            paramLabel = "CSV",
            description = "A clean recording, plain or .gz; repeatable.")
    private List<Path> clean = List.of();

    @Option(names = "--noise", paramLabel = "CSV", description = "Recorded noise, each column a source; repeatable.")
    private List<Path> noise = List.of();

    @Option(names = "--out", required = true, paramLabel = "ONNX", description = "The model file to write.")
    private @Nullable Path out;

    @Option(names = "--name", description = "The model's name; default: model.name of the definition.")
    private @Nullable String name;

    @Option(names = "--model-version", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private String version = "1";

    @Option(names = "--seed", description = "Where all chance comes from; default: train.seed, or 1.")
    private @Nullable Long seed;

    @Option(names = "--network", description = "unet or dense, in its default size; default: the 'train' block's.")
    private @Nullable NetworkForm network;

    @Option(names = "--steps", description = "Gradient steps; default: train.steps.")
    private @Nullable Integer steps;

    @Option(names = "--minutes", description = "As many steps as take about so long here, instead of --steps.")
    private @Nullable Double minutes;

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Where the state is kept meanwhile; if it is there, training goes on from it.")
    private @Nullable Path checkpoint;

    @Option(
            names = "--checkpoint-every",
            defaultValue = "200",
            paramLabel = "STEPS",
            description = "Default: ${DEFAULT-VALUE}.")
    private int checkpointEvery = 200;

    @Option(
            names = "--source",
            paramLabel = "TEXT",
            description = "A line on origin and licence of the data, for the model" + " card; repeatable.")
    private List<String> sources = List.of();

    @Option(names = "--output", defaultValue = "text", description = "text or json.")
    private OutputFormat output = OutputFormat.TEXT;

    @Spec
    private @Nullable CommandSpec command;

    enum NetworkForm {
        UNET,
        DENSE
    }

    @Override
    public Integer call() throws IOException, TrainingRefused {
        CommandSpec self = present(command);
        Path file = present(definitionFile);
        Path target = present(out);
        Definition definition = DefinitionLoader.load(file, System.getenv());
        TrainBlock.Read read = TrainBlock.read(
                definition.train(),
                new TrainBlock.Target(
                        name == null ? definition.model().name() : name,
                        version,
                        definition.input().channels(),
                        definition.window().length(),
                        definition.input().sampleRateHz()),
                Nearest::of);
        List<String> problems = new ArrayList<>(read.problems());
        TrainingFiles files = new TrainingFiles(file, problems);
        TrainingData data = files.data(
                definition.input().channels(), clean, noise, read.spec().corruption());
        if (minutes != null && steps != null) {
            problems.add("--steps and --minutes exclude each other");
        }
        if (minutes != null && checkpoint != null) {
            problems.add("--minutes gives other steps each time, which --checkpoint cannot go on from; give --steps");
        }
        if (checkpointEvery < 1) {
            problems.add("--checkpoint-every is " + checkpointEvery + ", needs at least 1");
        }
        if (!problems.isEmpty()) {
            throw new TrainingRefused("cannot train", problems);
        }
        TrainSpec spec = paced(overridden(read.spec()), data, self);
        TrainedModel model = train(data, spec, self);
        model.bytes().write(target);
        double rate = definition.input().sampleRateHz();
        new ModelCard(spec, model, again(self, spec), sources, rate).write(target);
        if (checkpoint != null) {
            Files.deleteIfExists(checkpoint);
        }
        report(self, target, model);
        return 0;
    }

    private TrainedModel train(TrainingData data, TrainSpec spec, CommandSpec self)
            throws TrainingRefused, IOException {
        try (TrainingBar bar = new TrainingBar(self.commandLine().getErr())) {
            return Trainer.train(
                    data,
                    spec,
                    bar,
                    Optional.ofNullable(checkpoint).map(file -> new Checkpoints(file, checkpointEvery)));
        }
    }

    private TrainSpec overridden(TrainSpec spec) {
        TrainSpec result = seed == null ? spec : spec.withSeed(seed);
        if (network != null) {
            result = result.with(network == NetworkForm.UNET ? Network.UNet.DEFAULT : Network.Dense.DEFAULT);
        }
        return steps == null ? result : result.with(result.schedule().withSteps(steps));
    }

    private TrainSpec paced(TrainSpec spec, TrainingData data, CommandSpec self) throws TrainingRefused {
        if (minutes == null) {
            return spec;
        }
        int fitting = Pace.steps(data, spec, minutes);
        self.commandLine().getErr().println("--minutes " + minutes + " is --steps " + fitting + " here");
        return spec.with(spec.schedule().withSteps(fitting));
    }

    /** The command that gives the same bytes again: the one that was typed, with steps for minutes. */
    private String again(CommandSpec self, TrainSpec spec) {
        StringBuilder text = new StringBuilder("bin/limpid train");
        boolean skip = false;
        for (String argument : self.commandLine().getParseResult().originalArgs()) {
            if (skip) {
                skip = false;
            } else if (argument.equals("--minutes")) {
                skip = true;
            } else if (!argument.equals("train") && !argument.startsWith("--minutes=")) {
                text.append(argument.startsWith("--") ? " \\\n  " : " ").append(quoted(argument));
            }
        }
        return minutes == null
                ? text.toString()
                : text + " \\\n  --steps " + spec.schedule().steps();
    }

    private static String quoted(String argument) {
        return argument.matches("[\\w./:=@+-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }

    private void report(CommandSpec self, Path target, TrainedModel model) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("model", target.toString());
        figures.put("bytes", model.bytes().size());
        figures.put("parameters", model.parameters());
        figures.putAll(model.metadata().metrics());
        Results.print(self.commandLine().getOut(), output, figures);
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("picocli left out a required argument");
        }
        return value;
    }
}
