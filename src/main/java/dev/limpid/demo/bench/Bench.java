package dev.limpid.demo.bench;

import dev.limpid.demo.ChildBroker;
import dev.limpid.demo.bench.BenchRow.Run;
import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.onnx.ModelRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * The throughput benchmark: for every case an input topic is filled, then in every round every mode works on it from its
 * beginning, in a process of its own, and its output is checked. Runs of a round follow each other directly, so that what else
 * happens on the machine hits them alike.
 */
public final class Bench {
    private final BenchOptions options;
    private final Consumer<String> progress;

    /** @param progress receives a line per step */
    public Bench(BenchOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /** Runs everything on a broker of its own. */
    public List<BenchRow> run()
            throws IOException, InterruptedException, ExecutionException, DenoiserException, ModelRefused {
        List<BenchRow> rows = new ArrayList<>();
        try (ChildBroker broker = ChildBroker.start("1g");
                Denoiser denoiser = BenchModel.open(options.model());
                Admin admin = Clients.admin(broker.bootstrapServers())) {
            for (BenchCase layout : options.cases()) {
                rows.addAll(run(layout, broker.bootstrapServers(), denoiser, admin));
            }
        }
        return rows;
    }

    /** Runs the paced measurements, on a broker of its own. */
    public List<PacedRow> runPaced(List<Pace> paces) throws IOException, InterruptedException, ExecutionException {
        List<PacedRow> rows = new ArrayList<>();
        try (ChildBroker broker = ChildBroker.start("1g");
                Admin admin = Clients.admin(broker.bootstrapServers())) {
            PacedBench bench = new PacedBench(broker.bootstrapServers(), admin, options);
            for (Pace pace : paces) {
                PacedRow row = bench.run(pace);
                rows.add(row);
                progress.accept(BenchReport.line(row));
            }
        }
        return rows;
    }

    private List<BenchRow> run(BenchCase layout, String bootstrap, Denoiser denoiser, Admin admin)
            throws IOException, InterruptedException, ExecutionException, DenoiserException, ModelRefused {
        BenchSignal signal = new BenchSignal(layout, options.series(), options.partitions());
        Expectation expectation = new Expectation(signal, denoiser);
        String input = "in-" + layout.label();
        long perRound = (long) options.series() * layout.shape().samples();
        long samples = options.samples() > 0
                ? options.samples()
                : (long) (layout.samplesPerSecond() * (options.seconds() + 2));
        long rounds =
                samples / perRound + 1 + BenchSignal.WINDOW / layout.shape().samples();
        progress.accept(String.format(Locale.ROOT, "%s: loading %,d samples", layout.label(), rounds * perRound));
        Topics.create(admin, options.partitions(), input);
        Loader.load(bootstrap, input, signal, rounds);
        List<Mode> modes = options.modes().stream()
                .filter(mode -> mode != Mode.PER_SAMPLE_STORE || layout.shape() == BenchCase.Shape.SAMPLES)
                .toList();
        List<Run> runs = new ArrayList<>();
        for (int round = 1; round <= options.rounds(); round++) {
            for (Mode mode : modes) {
                String name = layout.label() + "-" + mode.label() + "-" + round;
                Path folder = Files.createTempDirectory("limpid-bench");
                Job job = job(mode, layout, bootstrap, name, input, folder);
                Topics.create(admin, options.partitions(), job.output(), job.scores());
                Measurement measurement;
                try (ChildRun child = ChildRun.start(job, options.childOptions())) {
                    measurement = child.await();
                }
                long records = new OutputCheck(signal, expectation, job).check();
                runs.add(new Run(mode, round, measurement, records));
                progress.accept(line(name, layout, measurement, records));
                Topics.delete(admin, name);
                delete(folder);
            }
        }
        Topics.delete(admin, input);
        return modes.stream().map(mode -> BenchRow.of(mode, layout, runs)).toList();
    }

    private Job job(Mode mode, BenchCase layout, String bootstrap, String name, String input, Path folder) {
        return new Job(
                mode,
                layout,
                bootstrap,
                input,
                name + ".cleaned",
                name + ".scores",
                name,
                options.model(),
                folder.toString(),
                options.partitions(),
                options.commitMs(),
                BenchSignal.RATE_HZ,
                options.seconds(),
                false);
    }

    private static String line(String name, BenchCase layout, Measurement m, long records) {
        return String.format(
                Locale.ROOT,
                "%-34s %,12.0f records/s %9.4f CPU s per million samples (%.0f s, %,d records checked)",
                name,
                m.samplesPerSecond() / layout.shape().samples(),
                m.cpuSecondsPerMillionSamples(),
                m.seconds(),
                records);
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
