package dev.limpid.cli;

import dev.limpid.codec.TrainerStatusLayout;
import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.definition.Durations;
import dev.limpid.definition.Nearest;
import dev.limpid.model.TrainerStatus;
import dev.limpid.service.RoundSpec;
import dev.limpid.service.SignalSubject;
import dev.limpid.service.Subject;
import dev.limpid.service.TokenSubject;
import dev.limpid.service.TrainerLoop;
import dev.limpid.service.TrainerPlan;
import dev.limpid.signal.Kind;
import dev.limpid.train.Supervision;
import dev.limpid.train.TokenBlock;
import dev.limpid.train.TokenSpec;
import dev.limpid.train.TrainBlock;
import dev.limpid.train.TrainSpec;
import dev.limpid.train.TrainingData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limpid trainer}: trains again and again on what flows, and publishes what is better. */
@Command(
        name = "trainer",
        description =
                "Keeps training on what flows on the input topic, judges each model beside the one in force on records that"
                        + " neither has seen, and publishes what is better.",
        mixinStandardHelpOptions = true)
final class TrainerCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Pipeline definition, with model.topic; its 'train' block says how.")
    private Path file = Path.of("");

    @Option(
            names = "--every",
            paramLabel = "DURATION",
            defaultValue = "6h",
            description = "From the end of one round to the next: ${DEFAULT-VALUE}")
    private String every = "6h";

    @Option(names = "--on-drift", description = "Also when the data leave what the model in force was calibrated on.")
    private boolean onDrift;

    @Option(names = "--publish", description = "Publish what is better; without it, only say so.")
    private boolean publish;

    @Option(names = "--once", description = "One round at once, then end: 0 if it came to a verdict.")
    private boolean once;

    @Option(
            names = "--since",
            paramLabel = "DURATION",
            description = "How far a round reads back, such as 24h; default: train.topic.since, or all there is.")
    private @Nullable String since;

    @Option(names = "--noise", paramLabel = "CSV", description = "Recorded noise, each column a source; repeatable.")
    private List<Path> noise = List.of();

    @Mixin
    private NoiseTopics noiseTopics = new NoiseTopics();

    @Option(
            names = "--exclude",
            paramLabel = "FILE",
            description =
                    "Spans to leave out beside what raised alerts: CSV with start, end and perhaps series; read anew"
                            + " for each round; repeatable.")
    private List<Path> exclude = List.of();

    @Option(names = "--steps", description = "Gradient steps of a round; default: train.steps.")
    private @Nullable Integer steps;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address of metrics and probes: ${DEFAULT-VALUE}")
    private String host = "";

    @Option(
            names = "--port",
            defaultValue = "9401",
            description = "Port of metrics and probes: ${DEFAULT-VALUE}; 0 for any. None with --once.")
    private int port;

    @Option(names = "--key", paramLabel = "FILE", description = "Private key to sign with: limpid model keygen.")
    private @Nullable Path key;

    @Option(
            names = "--instance",
            paramLabel = "NAME",
            description = "Name of this trainer, the same after a restart: the host's name.")
    private String instance = "";

    @Option(names = "--output", paramLabel = "FORMAT", description = "With --once: text or json.")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() throws IOException, InterruptedException {
        ObservedTrainer trainer = new ObservedTrainer(plan());
        TrainerLoop loop = trainer.loop();
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        Thread onSignal = new Thread(
                () -> {
                    loop.stop();
                    ended.join();
                },
                "limpid-shutdown");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            if (once) {
                return told(loop.once());
            }
            trainer.run(host, port);
            return 0;
        } finally {
            ended.complete(true);
        }
    }

    private int told(TrainerStatus status) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("outcome", TrainerStatusLayout.word(status.outcome()));
        result.put("inForce", status.inForce());
        result.put("model", status.model());
        result.put("reason", status.reason());
        Results.print(spec.commandLine().getOut(), format, result);
        return status.outcome() == TrainerStatus.Outcome.FAILED ? Limpid.FAILED : 0;
    }

    private TrainerPlan plan() throws IOException {
        Definition definition = DefinitionLoader.load(file, System.getenv());
        List<String> problems = new ArrayList<>();
        RoundSpec rounds = RoundSpec.read(definition.train(), problems);
        if (definition.model().topic().isEmpty()) {
            problems.add("model.topic is missing: where models are announced; for example model.topic: limpid.models");
        }
        Subject subject = definition.kind() instanceof Kind.Tokens
                ? tokens(definition, rounds, problems)
                : signals(definition, problems);
        for (Path marked : exclude) {
            new Spans(problems).addMarked(marked);
        }
        Duration back = duration("--since", since, problems);
        Duration pause = duration("--every", every, problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("cannot train again and again:\n  " + String.join("\n  ", problems));
        }
        return new TrainerPlan(
                definition,
                DefinitionLoader.modelFile(file, definition),
                subject,
                () -> Spans.marks(exclude),
                back == null ? rounds : rounds.since(back),
                pause == null ? Duration.ofHours(6) : pause,
                onDrift,
                publish,
                definition.model().takeOver().promoteWhen().isPresent(),
                ModelCluster.key(key),
                instance.isEmpty() ? RunCommand.hostName(System.getenv()) : instance);
    }

    private SignalSubject signals(Definition definition, List<String> problems) throws IOException {
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
        problems.addAll(read.problems());
        if (read.synthetic().isPresent()) {
            problems.add("train.synthetic makes its signals up; a trainer takes them from the topic: remove it");
        }
        if (read.spec().frame().isPresent()) {
            problems.add(
                    "kind is frame, whose models need clean frames, which the topic does not have: run limpid train FILE"
                            + " --clean CSV --out ONNX, then limpid model publish ONNX");
        }
        Integer most = steps;
        UnaryOperator<TrainSpec> overrides =
                most == null ? each -> each : each -> each.with(each.schedule().withSteps(most));
        return new SignalSubject(noise(definition, overrides.apply(read.spec()), problems), overrides);
    }

    private TokenSubject tokens(Definition definition, RoundSpec rounds, List<String> problems) {
        TokenBlock.Read read = TokenSubject.block(definition, definition.model().name(), "1");
        Integer most = steps;
        UnaryOperator<TokenSpec> overrides =
                most == null ? each -> each : each -> each.with(each.schedule().withSteps(most));
        problems.addAll(read.problems());
        problems.addAll(overrides.apply(read.spec()).problems());
        if (!noise.isEmpty() || noiseTopics.given()) {
            problems.add("--noise and --noise-topic are for signals, kind is tokens");
        }
        if (rounds.start().from() == RoundSpec.From.WARM) {
            problems.add("train.topic.start is warm, tokens are trained from scratch: remove it");
        }
        return new TokenSubject(overrides);
    }

    /** The recorded noise; what no round could train with, whatever flows, is added to {@code problems}. */
    private TrainingData noise(Definition definition, TrainSpec train, List<String> problems) throws IOException {
        int before = problems.size();
        problems.addAll(train.problems());
        if (train.supervision().sensors() > 1) {
            problems.add("train.supervision noise2noise needs a second sensor, a trainer reads one topic: set it to"
                    + " blind-spot, noisier2noise or clean");
        }
        TrainingFiles files = new TrainingFiles(file, problems);
        List<String> channels = definition.input().channels();
        TrainingData recorded = train.supervision() instanceof Supervision.NoisierToNoise
                ? files.noisyData(List.of(), channels, noise, train.corruption())
                : files.data(channels, List.of(), noise, train.corruption());
        if (problems.size() > before) {
            return recorded;
        }
        TrainingData all = noiseTopics.added(
                recorded, definition, train, spec.commandLine().getErr());
        problems.addAll(all.noiseProblems(train));
        return all;
    }

    private static @Nullable Duration duration(String option, @Nullable String text, List<String> problems) {
        Duration read = text == null ? null : Durations.parse(text);
        if (text != null && read == null) {
            problems.add(option + " is '" + text + "', wanted a duration such as 6h");
        }
        return read;
    }
}
