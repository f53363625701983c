package dev.limpid.kafka;

import dev.limpid.definition.Definition;
import dev.limpid.definition.Definition.Format;
import dev.limpid.definition.Definition.SeriesBy;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.FakeTokens;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.pipeline.Granularity;
import dev.limpid.score.AlertSpec;
import dev.limpid.signal.Kind;
import dev.limpid.signal.StuckRule;
import dev.limpid.signal.WindowSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Pipelines in a JVM that is there to be killed. Prints {@code READY} when they run, {@code THROWN} and the application for every
 * exception thrown in a flush and {@code EVICTED} likewise for every flush with a model run that came from an evicted tick and not from a
 * commit; ends when its standard input does; closes cleanly on SIGTERM.
 *
 * <p>Arguments, {@code name=value}, of each pipeline, {@link #NEXT} between them: {@code bootstrap}; {@code app}, the application
 * id and prefix of the output topics; {@code input}; {@code instance}; {@code kind}, {@code signal}, {@code frame} or {@code tokens}
 * and what ends a session, as in a definition; {@code granularity}; {@code idleMs}; {@code aligned=false} leaves the commit flush out;
 * {@code cache}, the cache's bytes, past the check; {@code haltInFlush=n} halts the JVM in the n-th model run inside a commit
 * flush; {@code throwInFlush=n} throws in every n-th; {@code leave=true} leaves the group on SIGTERM.
 */
final class CrashChild {
    /** Begins the next pipeline. */
    static final String NEXT = "+";

    static final WindowSpec WINDOW = new WindowSpec(32, 8, 32);
    private static final WindowSpec FRAMES = new WindowSpec(100, 50, 49);
    /** How often {@code throwInFlush} throws at most: fewer than a pipeline gives up after. */
    static final int EXCEPTIONS = 5;

    private static final Duration CLOSE = Duration.ofSeconds(20);

    private CrashChild() {}

    static Definition definition(
            String app, String input, Granularity granularity, long idleMs, Map<String, String> kafka) {
        Definition.Input signals =
                new Definition.Input(input, Format.F32, List.of("v"), 100, Optional.empty(), "samples", List.of());
        return definition(app, Kind.SIGNAL, signals, WINDOW, granularity, idleMs, kafka);
    }

    /** A block of the feed is a frame of 5 by 10 pixels, of which one is stuck in some series, a window two of them. */
    private static Definition ofFrames(String app, String input, long idleMs, Map<String, String> kafka) {
        Definition.Input frames = new Definition.Input(
                input,
                Format.F32,
                List.of("v"),
                0,
                Optional.empty(),
                "samples",
                List.of(),
                Optional.of(new Definition.Pixels(5, 10, 0, 1, OptionalDouble.empty())),
                Optional.of(new StuckRule(5, 10, 4)));
        return definition(app, new Kind.Frame(5, 10, 2), frames, FRAMES, Granularity.RECORD, idleMs, kafka);
    }

    private static Definition definition(
            String app,
            Kind kind,
            Definition.Input input,
            WindowSpec window,
            Granularity granularity,
            long idleMs,
            Map<String, String> kafka) {
        return new Definition(
                app,
                kind,
                input,
                new Definition.Series(SeriesBy.KEY, Optional.empty(), Duration.ofDays(7)),
                window,
                new Definition.Model(
                        "half", "none", Definition.Provider.CPU, Optional.empty(), Definition.TakeOver.DEFAULT),
                64,
                new Definition.Gaps(Duration.ofMillis(800), Duration.ofMillis(idleMs)),
                new Definition.Output(
                        app + ".cleaned",
                        Optional.of(app + ".scores"),
                        Optional.of(app + ".alerts"),
                        app + ".dead",
                        granularity,
                        Format.F32),
                AlertSpec.DEFAULT,
                Map.of(),
                kafka);
    }

    /** A block of the feed is a record of 50 words. */
    private static Definition ofTokens(
            String app, String input, String session, long idleMs, Map<String, String> kafka) {
        StringBuilder text = new StringBuilder(
                """
                pipeline: %1$s
                kind: tokens
                input: { topic: %2$s, format: text }
                window: { length: 32, hop: 8 }
                gaps: { max: 800ms, idle-flush: %3$sms }
                output: { cleaned: %1$s.cleaned, scores: %1$s.scores, alerts: %1$s.alerts, dead-letters: %1$s.dead }
                tokens: { fill-above: 0.3, replace-above: 0.8, session: { by: %4$s } }
                kafka:
                """
                        .formatted(app, input, idleMs, session));
        kafka.forEach((name, value) ->
                text.append("  ").append(name).append(": '").append(value).append("'\n"));
        return DefinitionLoader.parse("tokens.yaml", text.toString(), Map.of());
    }

    /** Counts the model's runs inside commit flushes and fails in some of them. */
    record Failing(String app, Denoiser model, long haltAt, long throwEvery, AtomicLong inFlush) implements Denoiser {
        @Override
        public ModelSpec spec() {
            return model.spec();
        }

        @Override
        public void denoise(WindowBatch batch, int from, int to, Reconstruction out) throws DenoiserException {
            Set<String> callers = StackWalker.getInstance()
                    .walk(frames ->
                            frames.map(StackWalker.StackFrame::getClassName).collect(Collectors.toSet()));
            if (callers.contains(CommitFlush.class.getName())) {
                if (callers.contains(Batcher.class.getName())) {
                    System.out.println("EVICTED " + app); // the tick is still on its way from the batcher
                }
                long count = inFlush.incrementAndGet();
                if (count == haltAt) {
                    Runtime.getRuntime().halt(137);
                }
                if (throwEvery > 0 && count % throwEvery == 0 && count <= EXCEPTIONS * throwEvery) {
                    System.out.println("THROWN " + app);
                    throw new IllegalStateException("injected failure " + count + " inside the commit flush");
                }
            }
            model.denoise(batch, from, to, out);
        }

        @Override
        public void close() {
            model.close();
        }
    }

    public static void main(String[] arguments) throws IOException {
        List<Runnable> close = new ArrayList<>();
        List<KafkaStreams> awaited = new ArrayList<>();
        Map<String, String> options = new TreeMap<>();
        for (String argument : arguments) {
            if (argument.equals(NEXT)) {
                awaited.add(start(options, close));
                options.clear();
            } else {
                String[] pair = argument.split("=", 2);
                options.put(pair[0], pair[1]);
            }
        }
        awaited.add(start(options, close));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close.forEach(Runnable::run)));
        while (System.in.available() == 0) {
            // rebalances of one may go on while another's begin
            if (awaited.removeIf(each -> each.state() == KafkaStreams.State.RUNNING) && awaited.isEmpty()) {
                System.out.println("READY");
            }
            try {
                Thread.sleep(20); // a poll of two states in a program, not a test's wait
            } catch (InterruptedException e) {
                break;
            }
        }
        System.exit(0);
    }

    private static Definition definition(Map<String, String> options) {
        String app = options.get("app");
        String input = options.get("input");
        long idleMs = Long.parseLong(options.getOrDefault("idleMs", "30000"));
        Map<String, String> kafka = new TreeMap<>(Map.of(
                "bootstrap.servers",
                options.get("bootstrap"),
                "session.timeout.ms",
                "6000",
                "heartbeat.interval.ms",
                "1000",
                "replication.factor",
                "1",
                "num.stream.threads",
                options.getOrDefault("threads", "1"),
                "state.dir",
                System.getProperty("java.io.tmpdir") + "/limpid-crash-" + app + options.get("instance")));
        String kind = options.getOrDefault("kind", "signal");
        return switch (kind) {
            case "signal" -> {
                Granularity granularity = Granularity.valueOf(options.getOrDefault("granularity", "RECORD"));
                yield definition(app, input, granularity, idleMs, kafka);
            }
            case "frame" -> ofFrames(app, input, idleMs, kafka);
            default -> ofTokens(app, input, kind.substring("tokens ".length()), idleMs, kafka);
        };
    }

    private static ModelSlot model(Definition definition, Map<String, String> options) {
        int length = definition.window().length();
        return new ModelSlot(new Failing(
                definition.pipeline(),
                definition.tokens().isPresent()
                        ? FakeTokens.random("1", length, CrashFeed.KNOWN)
                        : new HalvingDenoiser("1", length, 1, definition.kind()),
                Long.parseLong(options.getOrDefault("haltInFlush", "0")),
                Long.parseLong(options.getOrDefault("throwInFlush", "0")),
                new AtomicLong()));
    }

    private static KafkaStreams start(Map<String, String> options, List<Runnable> close) {
        Definition definition = definition(options);
        ModelSlot slot = model(definition, options);
        String instance = options.get("instance");
        boolean aligned = Boolean.parseBoolean(options.getOrDefault("aligned", "true"));
        if (aligned && !options.containsKey("cache")) {
            PipelineRunner runner = PipelineRunner.start(definition, slot, instance);
            boolean leave = Boolean.parseBoolean(options.getOrDefault("leave", "false"));
            close.add(() -> runner.close(CLOSE, leave));
            return runner.streams();
        }
        Properties properties = StreamsProperties.of(definition, instance, new ArrayList<>());
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, options.getOrDefault("cache", "10485760"));
        StreamsClients clients = new StreamsClients();
        Wiring wiring =
                new Wiring(definition, slot, definition.maxWindows(), Limits.DEFAULT, clients, new Counts(), true);
        KafkaStreams streams =
                new KafkaStreams(PipelineTopology.build(wiring, aligned), new StreamsConfig(properties), clients);
        streams.setUncaughtExceptionHandler(new Replacements(definition.pipeline()));
        streams.start();
        close.add(() -> streams.close(CLOSE));
        return streams;
    }
}
