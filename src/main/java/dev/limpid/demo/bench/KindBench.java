package dev.limpid.demo.bench;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.demo.ChildBroker;
import dev.limpid.kafka.Counts;
import dev.limpid.kafka.PipelineRunner;
import dev.limpid.kafka.Topics;
import dev.limpid.kafka.WantedModel;
import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.onnx.Provider;
import dev.limpid.pipeline.Tally;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Frames or tokens through the whole topology, beside what ONNX Runtime does alone: one stream thread, one partition, against one thread
 * at the batch that suits it best, in turns in this process; the broker is in another. The topology runs throughout, as it does where it
 * is used, and gets its records round by round, after a first time that does not count; what counts of a round is its second half. A
 * machine that others use is not as fast from one minute to the next, so ONNX Runtime is measured before and after, and the ratio of a
 * round is to the mean of the two.
 */
public final class KindBench {
    private static final List<Integer> BATCHES = List.of(1, 4, 16, 64, 256);
    private static final int SWEEPS = 3;
    private static final int DIFFERENT = 256;

    private final Path topology;
    private final Load load;
    private final int rounds;
    private final double seconds;
    private final Map<String, String> settings;
    private final Consumer<String> log;
    private final List<float[]> items;

    /**
     * A benchmark that is still to {@link #run}.
     *
     * @param home folder that holds the load's topology and its model
     * @param rounds how often both are measured, once at least
     * @param seconds length of a run of the topology
     * @param settings variables that change the topology, beside the load's
     */
    public KindBench(
            Path home, Load load, int rounds, double seconds, Map<String, String> settings, Consumer<String> log) {
        this.topology = home.resolve(load.topology());
        this.load = load;
        this.rounds = Math.max(1, rounds);
        this.seconds = seconds;
        this.settings = settings;
        this.log = log;
        SplittableRandom random = new SplittableRandom(1);
        this.items = Stream.generate(() -> load.item(random)).limit(DIFFERENT).toList();
    }

    /** What goes through. */
    public sealed interface Load permits FrameLoad, TokenLoad {
        /** Its definition, below the home. */
        String topology();

        /** What the definition gets from outside, to that end. */
        Map<String, String> variables();

        /** The samples of a record, which is a window, whole or in part. */
        float[] item(RandomGenerator random);

        byte[] value(float[] item);

        byte[] key(long n);

        /** What is counted: {@code frames}. */
        String unit();

        /** How many of it a record has. */
        int units(float[] item);
    }

    /** Units per second of either in one round. */
    public record Round(double onnxRuntime, double topology) {
        public double ratio() {
            return topology / onnxRuntime;
        }
    }

    /** Every round, and the batch that ONNX Runtime did best with. */
    public record Result(int batch, List<Round> rounds) {
        /** Of the rounds, or the mean of the middle two. */
        public double median(ToDoubleFunction<Round> figure) {
            double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
            return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        }
    }

    public Result run() throws ModelRefused, DenoiserException, InterruptedException {
        int batch = bestBatch();
        try (ChildBroker broker = ChildBroker.start("512m")) {
            Definition definition = definition(variables(broker.bootstrapServers()));
            try (Admin admin = Clients.admin(broker.bootstrapServers())) {
                new Topics(admin).create(definition, 1, Optional.of((short) 1));
            }
            try (ModelSlot slot = new ModelSlot(open(definition).denoiser());
                    PipelineRunner runner = PipelineRunner.start(definition, slot, "bench")) {
                return rounds(
                        runner, broker.bootstrapServers(), definition.input().topic(), batch);
            }
        }
    }

    private int bestBatch() throws ModelRefused, DenoiserException {
        double[] rates = new double[BATCHES.size()];
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (int i = 0; i < rates.length; i++) {
                rates[i] += alone(BATCHES.get(i), seconds / (4 * SWEEPS)) / SWEEPS;
            }
        }
        int best = 0;
        for (int i = 0; i < rates.length; i++) {
            log.accept(String.format("ONNX Runtime alone, batch %d: %.0f %s/s", BATCHES.get(i), rates[i], load.unit()));
            best = rates[i] > rates[best] ? i : best;
        }
        return BATCHES.get(best);
    }

    private Map<String, String> variables(String bootstrap) {
        Map<String, String> variables = new HashMap<>(load.variables());
        variables.putAll(settings);
        variables.put("LIMPID_KAFKA_BOOTSTRAP_SERVERS", bootstrap);
        variables.put("LIMPID_KAFKA_NUM_STREAM_THREADS", "1");
        return variables;
    }

    private Result rounds(PipelineRunner runner, String bootstrap, String topic, int batch)
            throws ModelRefused, DenoiserException, InterruptedException {
        List<Round> all = new ArrayList<>();
        double before = alone(batch, seconds / 2);
        through(runner, bootstrap, topic, before); // the JVMs compile
        before = alone(batch, seconds / 2);
        for (int round = 0; round < rounds; round++) {
            double topology = through(runner, bootstrap, topic, before);
            double after = alone(batch, seconds / 2);
            all.add(new Round((before + after) / 2, topology));
            log.accept(String.format(
                    "round %d: ONNX Runtime %.0f and %.0f, the topology %.0f %s/s: %.3f",
                    round + 1,
                    before,
                    after,
                    topology,
                    load.unit(),
                    all.get(round).ratio()));
            before = after;
        }
        return new Result(batch, all);
    }

    private Definition definition(Map<String, String> variables) {
        return DefinitionLoader.load(topology, variables);
    }

    private ModelFile open(Definition definition) throws ModelRefused {
        return ModelFile.open(
                DefinitionLoader.modelFile(topology, definition), Provider.CPU, WantedModel.of(definition));
    }

    private double alone(int size, double seconds) throws ModelRefused, DenoiserException {
        Definition definition = definition(Map.of());
        int length = definition.window().length();
        WindowBatch batch = new WindowBatch(size, 1, length);
        Reconstruction out = new Reconstruction(size, 1, length);
        int units = 0;
        for (int window = 0; window < size; window++) {
            float[] item = items.get(window % DIFFERENT);
            batch.x().put(batch.add() * length, Arrays.copyOf(item, length));
            units += load.units(item);
        }
        for (int i = 0; i < size * length; i++) {
            batch.observed().put(i, 1);
        }
        try (Denoiser denoiser = open(definition).denoiser()) {
            long warm = System.nanoTime() + (long) (seconds * 4e8);
            while (System.nanoTime() < warm) {
                denoiser.denoise(batch, 0, size, out);
            }
            long begun = System.nanoTime();
            long done = 0;
            while (System.nanoTime() - begun < seconds * 1e9) {
                denoiser.denoise(batch, 0, size, out);
                done += units;
            }
            return done / ((System.nanoTime() - begun) / 1e9);
        }
    }

    private double through(PipelineRunner runner, String bootstrap, String topic, double expected)
            throws InterruptedException {
        int samplesPerUnit = items.get(0).length / load.units(items.get(0));
        long begun = left(runner.counts()) / samplesPerUnit;
        long units = fill(bootstrap, topic, (long) (expected * seconds));
        return secondHalf(runner, begun, units, samplesPerUnit);
    }

    private static double secondHalf(PipelineRunner runner, long begun, long units, int samplesPerUnit)
            throws InterruptedException {
        long half = 0;
        long halfNanos = 0;
        for (long done = 0; done < units; ) {
            if (runner.ended()) {
                throw new IllegalStateException("the topology ended early: it is " + runner.state());
            }
            TimeUnit.MILLISECONDS.sleep(20);
            done = left(runner.counts()) / samplesPerUnit - begun;
            if (half == 0 && done >= units / 2) {
                half = done;
                halfNanos = System.nanoTime();
            }
        }
        return (units - half) / ((System.nanoTime() - halfNanos) / 1e9);
    }

    private static long left(Counts counts) {
        return counts.sum(Tally::cleaned)
                + counts.sum(Tally::imputed)
                + counts.sum(Tally::replaced)
                + counts.sum(Tally::passedThrough);
    }

    /** Sends at least so many units, and gives how many. */
    private long fill(String bootstrap, String topic, long least) {
        List<byte[]> values = items.stream().map(load::value).toList();
        long units = 0;
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Clients.producer(bootstrap))) {
            for (long i = 0; units < least; i++) {
                int which = (int) (i % DIFFERENT);
                Future<RecordMetadata> unused =
                        producer.send(new ProducerRecord<>(topic, load.key(i), values.get(which)));
                units += load.units(items.get(which));
            }
        }
        return units;
    }
}
