package dev.limpid.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.limpid.demo.DemoRun;
import dev.limpid.demo.DemoSpec;
import dev.limpid.demo.DemoSummary;
import dev.limpid.demo.OfflineTable;
import dev.limpid.demo.TrainingFiles;
import dev.limpid.demo.frames.FrameDemo;
import dev.limpid.demo.frames.FrameSummary;
import dev.limpid.demo.frames.FrameTrainingFile;
import dev.limpid.demo.tokens.ShopDemo;
import dev.limpid.demo.tokens.ShopSummary;
import dev.limpid.demo.tokens.ShopTrainingFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code limpid demo}. */
@Command(
        name = "demo",
        description = "Runs an embedded broker, simulated sensors with injected faults, and the topology of"
                + " topology/demo.yaml; swaps a better model in half-way; holds what comes out against the truth.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec command;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            defaultValue = "signal",
            description =
                    "signal; frame: pictures of digits, noisy in and clean out; tokens: clicks in a shop. Default:"
                            + " ${DEFAULT-VALUE}.")
    private DemoKind kind = DemoKind.SIGNAL;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description =
                    "How long the sensors send, such as 90s or 5m. Default: 60s; with --train 150s, of frames and tokens 20s.")
    private @Nullable String duration;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "Another seed gives other sensors and other faults. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--sensors",
            paramLabel = "N",
            defaultValue = "32",
            description = "Number of series. Default: ${DEFAULT-VALUE}.")
    private int sensors;

    @Option(
            names = "--speed",
            paramLabel = "X",
            defaultValue = "10",
            description = "Simulated seconds per second. Default: ${DEFAULT-VALUE}.")
    private double speed;

    @Option(
            names = "--no-swap",
            description =
                    "Runs on the better model from the start. Without it the demo begins on a plain one, and half-way"
                            + " publishes the better one, signed.")
    private boolean noSwap;

    @Option(
            names = "--train",
            description =
                    "Begins on the general model, which knows nothing of the sensors; half-way a trainer makes a model of"
                            + " what flowed until then, raw, and of recorded noise, and publishes it if it is better.")
    private boolean train;

    @Option(
            names = "--output",
            paramLabel = "FORM",
            defaultValue = "text",
            description = "text or json. Default: ${DEFAULT-VALUE}.")
    private OutputFormat output = OutputFormat.TEXT;

    @Option(
            names = "--offline",
            paramLabel = "SEEDS",
            hidden = true,
            description = "Runs that many fleets, from --seed on, without Kafka, and prints a line for each.")
    private int offline;

    @Option(
            names = "--write-training-data",
            paramLabel = "FOLDER",
            hidden = true,
            description = "Writes what models/demo.onnx and models/demo-plain.onnx are trained on, or with --kind frame"
                    + " models/frames.onnx, with --kind tokens models/shop.onnx, and ends.")
    private @Nullable Path trainingFolder;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("limpid.home", ""));
        if (trainingFolder != null) {
            switch (kind) {
                case SIGNAL -> TrainingFiles.write(trainingFolder, home);
                case FRAME -> FrameTrainingFile.write(trainingFolder);
                case TOKENS -> ShopTrainingFile.write(trainingFolder);
            }
            return 0;
        }
        if (kind != DemoKind.SIGNAL) {
            return records(home);
        }
        DemoSpec spec = spec(home);
        if (offline > 0) {
            OfflineTable.lines(spec, offline, System.out::println);
            return 0;
        }
        // whoever watches wants no log between the frames; LOGBACK reads these when the first logger is made
        System.setProperty("LIMPID_LOG", "WARN");
        System.setProperty("LIMPID_KAFKA_LOG", "ERROR");
        boolean json = output == OutputFormat.JSON;
        Screen screen = new Screen(json ? System.err : System.out, !json && Screen.watched(), Screen.coloured());
        System.err.println("limpid: starting a broker, the topology and " + sensors + " sensors");
        if (train && spec.whyNoSwap().isPresent()) {
            throw usage("--train has no time: " + spec.whyNoSwap().get());
        }
        spec.whyNoSwap().ifPresent(why -> System.err.println("limpid: " + why));
        DemoSummary summary =
                train ? DemoRun.run(spec, screen::show, DemoTraining::round) : DemoRun.run(spec, screen::show);
        if (json) {
            System.out.println(new ObjectMapper().writeValueAsString(summary.members()));
            summary.problems().forEach(problem -> System.err.println("limpid: not conserved: " + problem));
            summary.swapProblem().ifPresent(problem -> System.err.println("limpid: no swap of models: " + problem));
        } else {
            DemoReport.lines(summary).forEach(System.out::println);
        }
        return summary.conserved() && summary.swapProblem().isEmpty() ? 0 : Limpid.FAILED;
    }

    private int records(Path home) throws IOException, InterruptedException {
        if (train || noSwap || offline > 0) {
            throw usage("--train, --no-swap and --offline are for --kind signal");
        }
        System.setProperty("LIMPID_LOG", "WARN");
        System.setProperty("LIMPID_KAFKA_LOG", "ERROR");
        System.err.println("limpid: starting a broker, the topology and "
                + (kind == DemoKind.FRAME ? sensors + " cameras" : "a shop with its visitors"));
        Path state = Files.createTempDirectory("limpid-demo");
        state.toFile().deleteOnExit();
        Duration lasting = lasting("20s");
        if (kind == DemoKind.FRAME) {
            FrameSummary summary =
                    FrameDemo.run(new FrameDemo.Spec(home, state, lasting, seed, sensors), System.err::println);
            return result(summary.members(), summary.problems());
        }
        ShopSummary summary = ShopDemo.run(new ShopDemo.Spec(home, state, lasting, seed), System.err::println);
        return result(summary.members(), summary.problems());
    }

    private int result(Map<String, Object> members, List<String> problems) {
        Results.print(new PrintWriter(System.out, true, StandardCharsets.UTF_8), output, members);
        problems.forEach(problem -> System.err.println("limpid: not as it must be: " + problem));
        return problems.isEmpty() ? 0 : Limpid.FAILED;
    }

    private Duration lasting(String otherwise) {
        String lasting = duration == null ? otherwise : duration;
        try {
            return Duration.parse("PT" + lasting);
        } catch (DateTimeParseException e) {
            throw usage("--duration is '" + lasting + "', wanted such as 90s or 5m");
        }
    }

    private DemoSpec spec(Path home) {
        if (train && noSwap) {
            throw usage("--train and --no-swap exclude each other");
        }
        try {
            return new DemoSpec(home, lasting(train ? "150s" : "60s"), seed, sensors, speed, !noSwap);
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    private ParameterException usage(@Nullable String message) {
        if (command == null) {
            throw new IllegalStateException(message);
        }
        return new ParameterException(command.commandLine(), message);
    }
}
