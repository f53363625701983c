package dev.limpid.kafka;

import dev.limpid.definition.Definition;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.ModelSpec;
import dev.limpid.pipeline.WindowTap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running pipeline: checks everything before it starts and refuses with all problems at once, then runs the topology until it
 * is closed. A stream thread that fails is replaced and begins at its last commit; too many failures in a row end the
 * pipeline. Thread-safe.
 */
public final class PipelineRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineRunner.class);
    private static final int TIMED_RUNS = 3;
    /** How long {@link #close()} waits. */
    public static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

    private final String name;
    private final KafkaStreams streams;
    private final Counts counts;
    private final LatencyBound latencyBound;

    private PipelineRunner(String name, KafkaStreams streams, Counts counts, LatencyBound latencyBound) {
        this.name = name;
        this.streams = streams;
        this.counts = counts;
        this.latencyBound = latencyBound;
    }

    /**
     * Starts a pipeline.
     *
     * @param slot stays the caller's; to be closed after the runner
     * @param instance name of this instance among those of the pipeline, the same after a restart; the host's name is a good one
     * @throws IllegalArgumentException if it cannot run; the message lists every problem
     */
    public static PipelineRunner start(Definition definition, ModelSlot slot, String instance) {
        return start(definition, slot, instance, WindowTap.NONE);
    }

    /** The same, while {@code tap} looks on from all its threads. */
    public static PipelineRunner start(Definition definition, ModelSlot slot, String instance, WindowTap tap) {
        List<String> problems = new ArrayList<>();
        Properties properties = StreamsProperties.of(definition, instance, problems);
        checkModel(definition, slot.spec(), problems);
        refuse(definition, problems);
        Topics.Report report;
        try (Admin admin = Admin.create(StreamsProperties.admin(properties))) {
            report = new Topics(admin)
                    .check(definition, StreamsProperties.text(properties, StreamsConfig.APPLICATION_ID_CONFIG));
        }
        problems.addAll(report.problems());
        int threads = Math.max(1, StreamsProperties.number(properties, StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1));
        int tasks = (report.partitions() + threads - 1) / threads;
        int timeoutMs = StreamsProperties.transactionTimeoutMs(properties);
        int maxWindows = maxWindows(definition, slot, tasks, timeoutMs, problems);
        refuse(definition, problems);

        StreamsClients clients = new StreamsClients();
        Counts counts = new Counts();
        Limits limits = atMost(report.limits(), properties);
        CommitPace pace = CommitPace.takeOver(properties);
        Wiring wiring = new Wiring(definition, slot, maxWindows, limits, clients, counts, true, tap, pace);
        KafkaStreams streams = new KafkaStreams(PipelineTopology.build(wiring), new StreamsConfig(properties), clients);
        streams.setUncaughtExceptionHandler(new Replacements(definition.pipeline()));
        LOG.debug("pipeline {} starts with {}", definition.pipeline(), StreamsProperties.printable(properties));
        streams.start();
        return new PipelineRunner(
                definition.pipeline(), streams, counts, LatencyBound.of(tasks, maxWindows, timeoutMs));
    }

    /** Why a pipeline cannot run, whatever its model: its properties and topics; empty if it can. */
    public static List<String> problems(Definition definition, String instance) {
        List<String> problems = new ArrayList<>();
        Properties properties = StreamsProperties.of(definition, instance, problems);
        if (problems.isEmpty()) {
            try (Admin admin = Admin.create(StreamsProperties.admin(properties))) {
                problems.addAll(new Topics(admin)
                        .check(definition, StreamsProperties.text(properties, StreamsConfig.APPLICATION_ID_CONFIG))
                        .problems());
            } catch (KafkaException | IllegalStateException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        return problems;
    }

    /** What is wrong with the definition's Kafka properties; no broker is asked. */
    public static List<String> propertyProblems(Definition definition) {
        List<String> problems = new ArrayList<>();
        StreamsProperties.of(definition, "check", problems);
        return problems;
    }

    /** An admin client with the definition's properties; to be closed. */
    public static Admin admin(Definition definition) {
        List<String> problems = new ArrayList<>();
        Properties properties = StreamsProperties.of(definition, "admin", problems);
        refuse(definition, problems);
        return Admin.create(StreamsProperties.admin(properties));
    }

    /** The definition's {@code application.id}. */
    public static String applicationId(Definition definition) {
        return definition.kafka().getOrDefault(StreamsConfig.APPLICATION_ID_CONFIG, definition.pipeline());
    }

    /** The effective Kafka Streams properties for people to read: secrets masked. */
    public static Map<String, String> printableProperties(Definition definition, String instance) {
        return StreamsProperties.printable(StreamsProperties.of(definition, instance, new ArrayList<>()));
    }

    /** The topology as Kafka Streams describes it. */
    public static String describe(Definition definition, ModelSlot slot) {
        return PipelineTopology.build(Wiring.of(definition, slot)).describe().toString();
    }

    private static void refuse(Definition definition, List<String> problems) {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(
                    "pipeline " + definition.pipeline() + " cannot run:\n  - " + String.join("\n  - ", problems));
        }
    }

    private static void checkModel(Definition definition, ModelSpec model, List<String> problems) {
        int channels = definition.input().channels().size();
        if (model.length() != definition.window().length()) {
            problems.add("model " + model.id() + " takes windows of " + model.length() + " samples, pipeline "
                    + definition.pipeline() + " has " + definition.window().length() + "; retrain or set window.length="
                    + model.length());
        }
        if (model.channels().size() != channels) {
            problems.add("model " + model.id() + " takes " + model.channels().size() + " channels, pipeline "
                    + definition.pipeline() + " has " + channels + " (input.channels)");
        }
        if (!model.kind().equals(definition.kind())) {
            problems.add("model " + model.id() + " is of kind " + model.kind().label() + ", pipeline "
                    + definition.pipeline() + " of kind " + definition.kind().label() + "; use a model of that kind");
        }
        problems.addAll(definition.problems(model.vocabulary()));
    }

    private static int maxWindows(
            Definition definition, ModelSlot slot, int tasksPerThread, int timeoutMs, List<String> problems) {
        if (!problems.isEmpty()) {
            return definition.maxWindows();
        }
        try (ModelSlot.Lease lease = slot.lease()) {
            long nanos = BatchBudget.measure(lease.denoiser(), definition.maxWindows(), TIMED_RUNS);
            long most = BatchBudget.windows(tasksPerThread, nanos, timeoutMs);
            if (most < 1) {
                problems.add("one window takes " + nanos / 1_000_000 + " ms: not even batches of one fit a third of"
                        + " transaction.timeout.ms=" + timeoutMs
                        + "; raise kafka.producer.transaction.timeout.ms or use a smaller model");
            } else if (most < definition.maxWindows()) {
                LOG.warn(
                        "batch.max-windows is lowered from {} to {}: one window takes {} us, and the batches of a thread's tasks"
                                + " must fit a third of transaction.timeout.ms={}",
                        definition.maxWindows(),
                        most,
                        nanos / 1000,
                        timeoutMs);
                return (int) most;
            }
        } catch (DenoiserException e) {
            problems.add("model " + slot.spec().id() + " does not run: " + e.getMessage());
        }
        return definition.maxWindows();
    }

    private static Limits atMost(Limits limits, Properties properties) {
        int request = StreamsProperties.maxRequestBytes(properties);
        return new Limits(
                limits.timestampBeforeMs(), limits.timestampAfterMs(), Math.min(limits.recordBytes(), request));
    }

    /** Whether it reads and writes: threads are running, partitions are assigned, state is restored. */
    public boolean ready() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** Whether it ended for good, by {@link #close} or by too many failures. */
    public boolean ended() {
        KafkaStreams.State state = streams.state();
        return state == KafkaStreams.State.ERROR || state.hasCompletedShutdown();
    }

    public KafkaStreams.State state() {
        return streams.state();
    }

    public Counts counts() {
        return counts;
    }

    /** How slow a model may be that takes over, lest its batches outlast their transaction. */
    public LatencyBound latencyBound() {
        return latencyBound;
    }

    /** For a binder of its metrics. */
    public KafkaStreams streams() {
        return streams;
    }

    /**
     * Commits what is pending and stops; the instance keeps its place in the group for a restart. If that takes longer than {@link
     * #CLOSE_TIMEOUT}, a warning says so.
     */
    @Override
    public void close() {
        if (!close(CLOSE_TIMEOUT, false)) {
            LOG.warn(
                    "pipeline {} did not stop within {} s: what came after its last commit is done again by the next to run it",
                    name,
                    CLOSE_TIMEOUT.toSeconds());
        }
    }

    /**
     * Commits what is pending and stops.
     *
     * @param leave whether the instance gives up its partitions at once, as one that does not come back
     * @return whether it stopped in time
     */
    public boolean close(Duration timeout, boolean leave) {
        CloseOptions.GroupMembershipOperation membership = leave
                ? CloseOptions.GroupMembershipOperation.LEAVE_GROUP
                : CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP;
        return streams.close(CloseOptions.timeout(timeout).withGroupMembershipOperation(membership));
    }
}
