package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.demo.bench.Bench;
import dev.limpid.demo.bench.BenchCase;
import dev.limpid.demo.bench.BenchOptions;
import dev.limpid.demo.bench.BenchReport;
import dev.limpid.demo.bench.BenchRow;
import dev.limpid.demo.bench.FrameLoad;
import dev.limpid.demo.bench.KindBench;
import dev.limpid.demo.bench.Mode;
import dev.limpid.demo.bench.Pace;
import dev.limpid.demo.bench.PacedRow;
import dev.limpid.demo.bench.TokenLoad;
import dev.limpid.model.Denoiser;
import dev.limpid.onnx.ModelRefused;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code limpid bench}. */
@Command(
        name = "bench",
        description = "Measures throughput, CPU and latency on an embedded broker.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    private static final String MODES = "passthrough,loop,naive,limpid-hop,limpid-record,per-sample-store";
    private static final String CASES = "samples-f32,blocks-f32,samples-json,blocks-json";
    private static final double QUICK_SECONDS = 4;
    private static final int COMMIT_MS = 100;

    /** How results are written. */
    enum Output {
        TABLE,
        JSON
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--rounds", description = "Rounds; every round runs every mode once. Default: ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--seconds", description = "Length of a run; its second half counts. Default: ${DEFAULT-VALUE}.")
    private double seconds = 20;

    @Option(
            names = "--modes",
            split = ",",
            paramLabel = "MODE",
            defaultValue = MODES,
            description = "Default: ${DEFAULT-VALUE}.")
    private List<String> modes = List.of();

    @Option(
            names = "--cases",
            split = ",",
            paramLabel = "CASE",
            defaultValue = CASES,
            description = "Default: ${DEFAULT-VALUE}.")
    private List<String> cases = List.of();

    @Option(names = "--samples", description = "Samples in the input. Default: enough for --seconds.")
    private long samples;

    @Option(names = "--series", description = "Series in the input. Default: ${DEFAULT-VALUE}.")
    private int series = 1000;

    @Option(
            names = "--commit-ms",
            description = "Commit interval. Default: " + COMMIT_MS + ", and of a kind what its topology says.")
    private @Nullable Integer commitMs;

    @Option(names = "--model", description = "ONNX file, one channel of 128 samples. Default: ${DEFAULT-VALUE}.")
    private String model = "models/bench.onnx";

    @Option(names = "--quick", description = "One round of 4 s runs: shows that it works; mostly JIT warm-up.")
    private boolean quick;

    @Option(
            names = "--throughput",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Measure throughput. Default: yes.")
    private boolean throughput;

    @Option(
            names = "--paced",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Measure latency, changelog and heap at fixed rates. Default: yes.")
    private boolean paced;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            defaultValue = "signal",
            description =
                    "signal; or frame, tokens: the topology of topology/frames.yaml or shop.yaml beside ONNX Runtime"
                            + " alone. Default: ${DEFAULT-VALUE}.")
    private DemoKind kind = DemoKind.SIGNAL;

    @Option(names = "--make-model", description = "Train the model that --model names instead of measuring.")
    private boolean makeModel;

    @Option(names = "--child-option", description = "JVM option for the measured processes, such as a profiler's.")
    private List<String> childOptions = List.of();

    @Option(names = "--output", defaultValue = "table", description = "table or json. Default: ${DEFAULT-VALUE}.")
    private Output output = Output.TABLE;

    @Override
    public Integer call() throws Exception {
        if (makeModel) {
            spec.commandLine()
                    .getOut()
                    .println(BenchModelTraining.write(Path.of(model)).metadata().metrics());
            return 0;
        }
        if (kind != DemoKind.SIGNAL) {
            return beside();
        }
        Bench bench = new Bench(options(), line -> spec.commandLine().getErr().println(line));
        List<BenchRow> rows = throughput ? bench.run() : List.of();
        List<PacedRow> rates = paced ? bench.runPaced(paces(quick ? QUICK_SECONDS : seconds)) : List.of();
        spec.commandLine()
                .getOut()
                .println(output == Output.JSON ? BenchReport.json(rows, rates) : BenchReport.table(rows, rates));
        return 0;
    }

    private int beside() throws Exception {
        Path home = Path.of(System.getProperty("limpid.home", ""));
        KindBench.Load load = kind == DemoKind.FRAME ? new FrameLoad() : tokens(home);
        double length = quick ? QUICK_SECONDS : seconds;
        Map<String, String> settings =
                commitMs == null ? Map.of() : Map.of("LIMPID_KAFKA_COMMIT_INTERVAL_MS", commitMs.toString());
        KindBench bench = new KindBench(home, load, quick ? 1 : rounds, length, settings, line -> spec.commandLine()
                .getErr()
                .println(line));
        KindBench.Result result = bench.run();
        String unit = Character.toUpperCase(load.unit().charAt(0)) + load.unit().substring(1);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("onnxRuntime" + unit + "PerSecond", Math.rint(result.median(KindBench.Round::onnxRuntime)));
        figures.put("batch", result.batch());
        figures.put("topology" + unit + "PerSecond", Math.rint(result.median(KindBench.Round::topology)));
        figures.put("ratio", Math.rint(1000 * result.median(KindBench.Round::ratio)) / 1000);
        Results.print(
                spec.commandLine().getOut(), output == Output.JSON ? OutputFormat.JSON : OutputFormat.TEXT, figures);
        return 0;
    }

    private static TokenLoad tokens(Path home) throws ModelRefused {
        Path file = home.resolve(TokenLoad.TOPOLOGY);
        Definition definition = DefinitionLoader.load(file, Map.of());
        try (Denoiser model = ModelOpening.open(file, definition, null).denoiser()) {
            return new TokenLoad(model.spec().vocabulary(), definition.window().length());
        }
    }

    /** Latency at a moderate rate, then the changelog and the heap at the two rates that the bounds are stated for. */
    List<Pace> paces(double seconds) {
        List<Pace> paces = new ArrayList<>();
        for (Mode mode : List.of(Mode.LOOP, Mode.NAIVE, Mode.LIMPID_HOP, Mode.LIMPID_RECORD)) {
            paces.add(new Pace("latency", mode, BenchCase.of("blocks-f32"), 1000, 250, 0, seconds));
        }
        for (Mode mode : List.of(Mode.LIMPID_RECORD, Mode.LIMPID_HOP)) {
            for (String layout : List.of("samples-json", "samples-f32")) {
                paces.add(new Pace("20Hz-" + layout, mode, BenchCase.of(layout), 1_000, 20, 120, seconds));
                paces.add(new Pace("1Hz-" + layout, mode, BenchCase.of(layout), 10_000, 1, 120, seconds));
            }
        }
        paces.removeIf(pace -> !modes.contains(pace.mode().label())
                || !cases.contains(pace.layout().label()));
        return paces;
    }

    BenchOptions options() {
        return new BenchOptions(
                quick ? 1 : rounds,
                quick ? QUICK_SECONDS : seconds,
                modes.stream().map(Mode::of).toList(),
                cases.stream().map(BenchCase::of).toList(),
                samples,
                series,
                4,
                commitMs == null ? COMMIT_MS : commitMs,
                model,
                childOptions);
    }
}
