package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.definition.Nearest;
import dev.limpid.eval.Assessment;
import dev.limpid.eval.report.Report;
import dev.limpid.signal.Kind;
import dev.limpid.train.Checkpoints;
import dev.limpid.train.ModelCard;
import dev.limpid.train.NetworkCost;
import dev.limpid.train.NetworkKind;
import dev.limpid.train.Pace;
import dev.limpid.train.Supervision;
import dev.limpid.train.SyntheticTrainer;
import dev.limpid.train.TrainBlock;
import dev.limpid.train.TrainSpec;
import dev.limpid.train.TrainedModel;
import dev.limpid.train.Trainer;
import dev.limpid.train.TrainingData;
import dev.limpid.train.TrainingRefused;
import dev.limpid.train.synthetic.Spoiling;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limpid train}: from recordings to a checked ONNX file with its model card. */
@Command(
        name = "train",
        description =
                "Trains a denoising autoencoder on recordings, frames or tokens and exports it to ONNX, with a model card.",
        mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "The pipeline definition the model is for; its 'train' block" + " holds the defaults.")
    private @Nullable Path definitionFile;

    @Option(
            names = "--clean",
            paramLabel = "CSV",
            description =
                    "A clean recording, plain or .gz; repeatable. Of frames: one a row, no header. Of tokens: a normal session a"
                            + " line, with spaces between tokens, or of input.format: drain log lines, an empty one behind each session.")
    private List<Path> clean = List.of();

    @Option(names = "--noise", paramLabel = "CSV", description = "Recorded noise, each column a source; repeatable.")
    private List<Path> noise = List.of();

    @Mixin
    private TopicSource topic = new TopicSource();

    @Mixin
    private NoisyOptions noisy = new NoisyOptions();

    @Mixin
    private SweepOptions sweep = new SweepOptions();

    @Mixin
    private VocabularyOption vocabulary = new VocabularyOption();

    @Option(names = "--out", required = true, paramLabel = "ONNX", description = "The model file to write.")
    private @Nullable Path out;

    @Option(names = "--name", description = "The model's name; default: model.name of the definition.")
    private @Nullable String name;

    @Option(names = "--model-version", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private String version = "1";

    @Option(names = "--seed", description = "Where all chance comes from; default: train.seed, or 1.")
    private @Nullable Long seed;

    @Option(
            names = "--network",
            description = "unet, dense, tcn; of frames also unet-2d, conv-2d. Default: the 'train' block's.")
    private @Nullable NetworkKind network;

    @Option(
            names = "--widths",
            split = ",",
            paramLabel = "N",
            description =
                    "Channels per level, finest first, or hidden sizes; default: the 'train' block's, or those of --network.")
    private List<Integer> widths = List.of();

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

    @Option(names = "--report", paramLabel = "HTML", description = "Gets a page: curves, examples, spectra, diagnosis.")
    private @Nullable Path reportFile;

    @Option(names = "--output", defaultValue = "text", description = "text or json.")
    private OutputFormat output = OutputFormat.TEXT;

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Integer call() throws IOException, TrainingRefused {
        CommandSpec self = present(command);
        Path file = present(definitionFile);
        Path target = present(out);
        Definition definition = DefinitionLoader.load(file, System.getenv());
        if (definition.kind() instanceof Kind.Tokens) {
            Results.print(self.commandLine().getOut(), output, tokens(definition, self, target));
            return 0;
        }
        TrainBlock.Read read = TrainBlock.read(
                definition.train(),
                new TrainBlock.Target(
                        name == null ? definition.model().name() : name,
                        version,
                        definition.input().channels(),
                        definition.window().length(),
                        definition.input().sampleRateHz(),
                        definition.kind()),
                Nearest::of);
        List<String> problems = new ArrayList<>(read.problems());
        TrainingFiles files = new TrainingFiles(file, problems);
        boolean known = read.spec().supervision() instanceof Supervision.Clean;
        TrainingData data = known
                ? files.data(read.spec(), clean, noise)
                : noisy.data(
                        files,
                        definition,
                        noise,
                        read.spec(),
                        self.commandLine().getErr());
        if (read.spec().frame().isPresent() && (!known || topic.given())) {
            problems.add("frames are trained on clean ones: needs train.supervision clean and --clean");
        }
        noisy.check(read.spec(), clean, topic.given(), problems);
        topic.check(clean, noisy, read.spec(), read.synthetic().isPresent(), problems);
        vocabulary.check(definition.kind(), problems);
        sweep.check(read.synthetic().isPresent(), problems);
        if (read.synthetic().isPresent() && !(clean.isEmpty() && noise.isEmpty())) {
            problems.add("train.synthetic makes its signals up; --clean and --noise have no meaning");
        }
        if (read.synthetic().isEmpty() && (known ? clean : noisy.noisy()).isEmpty() && !topic.given()) {
            problems.add((known ? "no clean recording given: --clean FILE" : "no noisy recording given: --noisy FILE")
                    + ", or --from-topic");
        }
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
        TrainSpec unpaced = overridden(read.spec());
        data = topic.read(data, noisy, definition, unpaced, self);
        Optional<SyntheticTrainer> madeUp = read.synthetic().map(spoiling -> new SyntheticTrainer(spoiling, unpaced));
        TrainSpec timed = minutes == null
                ? unpaced
                : paced(
                        unpaced,
                        madeUp.isPresent() ? madeUp.get().steps(minutes) : Pace.steps(data, unpaced, minutes),
                        self);
        // as the model is, whatever the number of steps
        NetworkCost cost = madeUp.isPresent() ? madeUp.get().cost() : NetworkCost.of(data, timed);
        self.commandLine().getErr().println(timed.network().form() + ": " + cost.phrase());
        SweepOptions.Outcome swept =
                sweep.sweep(data, timed, target, self.commandLine().getErr());
        TrainSpec spec = swept.spec();
        Trained trained =
                train(data, spec, read.synthetic(), self, definition.input().sampleRateHz());
        Assessment assessment = swept.judged(trained.assessment());
        TrainedModel model = trained.model();
        model.bytes().write(target);
        double rate = definition.input().sampleRateHz();
        Optional<Integer> fitting =
                Optional.ofNullable(minutes).map(time -> spec.schedule().steps());
        new ModelCard(spec, model, assessment, TypedCommand.again(self, fitting), sources, rate).write(target);
        if (reportFile != null) {
            String title = spec.name() + ":" + spec.version() + " on held-out windows";
            new Report(title, assessment, spec.length(), Provenance.of(model.metadata()), swept.sweep())
                    .write(reportFile);
        }
        if (checkpoint != null) {
            new Checkpoints(checkpoint, checkpointEvery).remove();
        }
        report(self, target, model, cost, assessment);
        return 0;
    }

    private Map<String, @Nullable Object> tokens(Definition definition, CommandSpec self, Path target)
            throws IOException, TrainingRefused {
        TokenTraining.refuse(self.commandLine().getParseResult(), checkpointEvery);
        PrintWriter err = self.commandLine().getErr();
        return new TokenTraining(
                        definition,
                        vocabulary.first(),
                        name == null ? definition.model().name() : name,
                        version,
                        Optional.ofNullable(seed),
                        Optional.ofNullable(steps),
                        Optional.ofNullable(checkpoint).map(file -> new Checkpoints(file, checkpointEvery)),
                        sources,
                        TypedCommand.again(self, Optional.empty()))
                .run(topic.tokens(clean, noisy, err), target, Optional.ofNullable(reportFile), err);
    }

    private record Trained(TrainedModel model, Assessment assessment) {}

    private Trained train(
            TrainingData data, TrainSpec spec, Optional<Spoiling> synthetic, CommandSpec self, double sampleRateHz)
            throws TrainingRefused, IOException {
        try (TrainingBar bar = new TrainingBar(self.commandLine().getErr())) {
            TrainAssessment listener = new TrainAssessment(bar);
            Optional<Checkpoints> checkpoints =
                    Optional.ofNullable(checkpoint).map(file -> new Checkpoints(file, checkpointEvery));
            TrainedModel model = synthetic.isPresent()
                    ? new SyntheticTrainer(synthetic.get(), spec).train(listener, checkpoints)
                    : Trainer.train(data, spec, listener, checkpoints);
            return new Trained(model, listener.of(model, spec, data, sampleRateHz));
        }
    }

    private TrainSpec overridden(TrainSpec spec) throws TrainingRefused {
        TrainSpec result = seed == null ? spec : spec.withSeed(seed);
        if (network != null) {
            result = result.with(network.standard(spec.frame())
                    .orElseThrow(() -> new TrainingRefused(
                            "cannot train", List.of("--network " + network + " needs kind: frame in the definition"))));
        }
        if (!widths.isEmpty()) {
            result = result.with(result.network().with(widths));
        }
        return steps == null ? result : result.with(result.schedule().withSteps(steps));
    }

    private TrainSpec paced(TrainSpec spec, int fitting, CommandSpec self) {
        self.commandLine().getErr().println("--minutes " + minutes + " is --steps " + fitting + " here");
        return spec.with(spec.schedule().withSteps(fitting));
    }

    private void report(CommandSpec self, Path target, TrainedModel model, NetworkCost cost, Assessment assessment) {
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        figures.put("model", target.toString());
        figures.put("bytes", model.bytes().size());
        figures.put("parameters", cost.parameters());
        figures.put("multiplyAddsPerWindow", cost.multiplyAdds());
        figures.put("windowsPerSecond", Math.rint(cost.windowsPerSecond()));
        figures.putAll(model.metadata().metrics());
        figures.put("diagnosis", output == OutputFormat.JSON ? EvaluationText.findings(assessment) : null);
        Results.print(self.commandLine().getOut(), output, figures);
        if (output == OutputFormat.TEXT) {
            EvaluationText.print(self.commandLine().getOut(), assessment);
        }
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("picocli left out a required argument");
        }
        return value;
    }
}
