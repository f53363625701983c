package dev.limpid.kafka;

import dev.limpid.definition.Definition;
import dev.limpid.signal.SeriesKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The Kafka Streams topology of a pipeline, built from public API only:
 *
 * <pre>
 * source ─→ batcher ─→ outlet ──────────────────────────────→ cleaned, scores, alerts, dead-letters
 *              └─────→ ticks (cached table) ─→ tick-stream ─→ commit-flush ─→ the same sinks
 * </pre>
 *
 * {@link Batcher} takes every record; {@link Outlet} sends what a full batch made; {@link CommitFlush} runs before each commit. All
 * three share one {@link Task}; its series are kept in an in-memory, changelogged store that is not cached, since a cached one
 * might be flushed before the commit flush writes to it.
 */
public final class PipelineTopology {
    /** Header with the model's {@code name:version@digest}. */
    public static final String MODEL_HEADER = "limpid-model";
    /** Behind the model of a record to which an older one contributed, too. */
    public static final String CROSS_FADE = "+";
    /** Header with the newest contributing window's score, a decimal number. */
    public static final String SCORE_HEADER = "limpid-score";
    /** Header with what became of the samples. */
    public static final String QUALITY_HEADER = "limpid-quality";
    /** Header of cleaned records of tokens whose value has no room for it: what was replaced, and what is missing. */
    public static final String TOKENS_HEADER = "limpid-tokens";

    static final String SOURCE = "source";
    static final String BATCHER = "batcher";
    static final String OUTLET = "outlet";
    static final String TICKS = "ticks";
    static final String COMMIT_FLUSH = "commit-flush";
    static final String CLEANED = "cleaned";
    static final String SCORES = "scores";
    static final String ALERTS = "alerts";
    static final String DEAD_LETTERS = "dead-letters";
    static final String EMBEDDINGS = "embeddings";
    static final String HEAT_MAPS = "heat-maps";
    static final String TASK_STORE = "task";
    static final String PROCESS_ID_STORE = "process-id";
    static final String SERIES_STORE = "series-";

    private PipelineTopology() {}

    /** Builds the topology. */
    public static Topology build(Wiring wiring) {
        return build(wiring, true);
    }

    /** {@code alignCommits} false leaves the commit flush out, to show that records are lost then. */
    static Topology build(Wiring wiring, boolean alignCommits) {
        Definition definition = wiring.definition();
        String series = seriesStore(definition);
        StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(new TaskStore.Builder(TASK_STORE, false));
        builder.addStateStore(new TaskStore.Builder(PROCESS_ID_STORE, true));
        builder.addStateStore(seriesStoreBuilder(series));
        builder.stream(
                        definition.input().topic(),
                        Consumed.with(InputKeys.source(), Serdes.ByteArray())
                                .withName(SOURCE)
                                .withTimestampExtractor((record, partitionMs) ->
                                        record.timestamp() >= 0 ? record.timestamp() : Math.max(0, partitionMs)))
                .processValues(
                        () -> new Batcher(wiring, series), Named.as(BATCHER), TASK_STORE, PROCESS_ID_STORE, series)
                .toTable(
                        Named.as(TICKS),
                        Materialized.<SeriesKey, byte[]>as(Stores.inMemoryKeyValueStore(TICKS))
                                .withKeySerde(InputKeys.tick())
                                .withValueSerde(Serdes.ByteArray())
                                .withCachingEnabled()
                                .withLoggingDisabled())
                .toStream(Named.as("tick-stream"))
                .process(() -> new CommitFlush(alignCommits), Named.as(COMMIT_FLUSH), TASK_STORE, series);
        Properties plain = new Properties();
        plain.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.NO_OPTIMIZATION);
        Topology topology = builder.build(plain);
        topology.addProcessor(OUTLET, () -> new Outlet(wiring, alignCommits), BATCHER);
        topology.connectProcessorAndStateStores(OUTLET, TASK_STORE, series);
        topics(definition).forEach((name, topic) -> sink(topology, name, topic));
        return topology;
    }

    /** Topic of each sink. */
    static Map<String, String> topics(Definition definition) {
        Definition.Output output = definition.output();
        Map<String, String> topics = new LinkedHashMap<>();
        topics.put(CLEANED, output.cleaned());
        output.scores().ifPresent(topic -> topics.put(SCORES, topic));
        output.alerts().ifPresent(topic -> topics.put(ALERTS, topic));
        topics.put(DEAD_LETTERS, output.deadLetters());
        output.embeddings().ifPresent(topic -> topics.put(EMBEDDINGS, topic));
        output.heatMaps().ifPresent(topic -> topics.put(HEAT_MAPS, topic));
        return topics;
    }

    /** Name of the store, and in the name of its changelog topic. */
    static String seriesStore(Definition definition) {
        return SERIES_STORE + Fingerprint.of(definition);
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> seriesStoreBuilder(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT,
                        // a commit flush writes at the tick's time, 0, whatever the cluster's default for the age of a
                        // record
                        TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG,
                        Long.toString(Long.MAX_VALUE)));
    }

    private static void sink(Topology topology, String name, String topic) {
        topology.addSink(
                name,
                topic,
                new ByteArraySerializer(),
                Outgoing.SERIALIZER,
                new Outgoing.Partitioner(),
                OUTLET,
                COMMIT_FLUSH);
    }
}
