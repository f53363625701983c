package dev.limpid.kafka;

import dev.limpid.definition.Definition;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailExceptionHandler;
import org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler;

/**
 * The Kafka Streams configuration of a pipeline: exactly-once, static membership and client sizes that suit many small
 * records, under whatever the definition's {@code kafka} block says. What would break exactly-once is a problem, not a setting.
 */
final class StreamsProperties {
    /** A smaller cache evicts the commit tick before the commit. */
    static final long MIN_CACHE_BYTES = 1 << 20;

    /** Streams' own default with exactly-once. */
    static final int TRANSACTION_TIMEOUT_MS = 10_000;

    /** What every output and the state must be able to hold: a journal entry of 256 KiB, a cleaned record of a 192 KiB input. */
    static final int MIN_RECORD_BYTES = 512 * 1024;

    private static final int COMMIT_INTERVAL_MS = 100;
    private static final int BUFFERED_RECORDS = 10_000;
    private static final String MAX_REQUEST = ProducerConfig.MAX_REQUEST_SIZE_CONFIG;
    private static final Map<String, String> ALWAYS = Map.of(
            StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.NO_OPTIMIZATION,
            StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                    LogAndFailProcessingExceptionHandler.class.getName(),
            StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndFailExceptionHandler.class.getName(),
            StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, DefaultProductionExceptionHandler.class.getName());
    private static final Set<String> CACHE = Set.of("statestore.cache.max.bytes", "cache.max.bytes.buffering");
    private static final List<String> SECRET =
            List.of("password", "secret", "jaas", "token", "credential", "keystore.key");

    private StreamsProperties() {}

    /**
     * The configuration.
     *
     * @param instance name of this instance among those of the same pipeline, such as the host's
     * @param problems where what cannot be is added, each with its path
     */
    static Properties of(Definition definition, String instance, List<String> problems) {
        Properties p = new Properties();
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, definition.pipeline());
        p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Integer.toString(COMMIT_INTERVAL_MS));
        p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, Long.toString(10 * MIN_CACHE_BYTES));
        p.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, Integer.toString(BUFFERED_RECORDS));
        p.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, "false");
        // there is no global thread; unset, every start warns of it (the constant is deprecated)
        p.put("processing.exception.handler.global.enabled", "true");
        p.put(
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                Integer.toString(TRANSACTION_TIMEOUT_MS));
        tune(p);
        definition.kafka().forEach(p::put);
        if (!p.containsKey(CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG)
                && !p.containsKey(StreamsConfig.consumerPrefix(CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG))) {
            p.put(
                    CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG,
                    p.get(StreamsConfig.APPLICATION_ID_CONFIG) + "-" + instance);
        }
        if (!p.containsKey(StreamsConfig.STATE_DIR_CONFIG)) {
            // of its own, for two instances on one host lock each other out of a common one
            p.put(
                    StreamsConfig.STATE_DIR_CONFIG,
                    Path.of(System.getProperty("java.io.tmpdir"), "limpid-" + fileName(instance))
                            .toString());
        }
        if (!p.containsKey(StreamsConfig.POLL_MS_CONFIG)) {
            // a thread that waits for records commits late by up to this
            int commitMs = commitIntervalMs(p);
            p.put(StreamsConfig.POLL_MS_CONFIG, Integer.toString(Math.max(1, Math.min(100, commitMs / 10))));
        }
        check(p, problems);
        // Streams counts bundles
        int buffered = number(p, StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, BUFFERED_RECORDS);
        p.put(
                StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG,
                Integer.toString(Math.max(1, buffered / Bundle.MOST)));
        ALWAYS.forEach(p::put);
        return p;
    }

    /** Measured in bench: fewer, larger requests; nothing here delays a commit, which sends what waits. */
    private static void tune(Properties p) {
        // a task has one input partition: with nothing to wait for, Streams need not look per record (12 % of CPU)
        p.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, Long.toString(StreamsConfig.MAX_TASK_IDLE_MS_DISABLED));
        p.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), "5000");
        p.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), "4194304");
        p.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.RECEIVE_BUFFER_CONFIG), "1048576");
        p.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), "20");
        p.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), "262144");
        p.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), "134217728");
    }

    private static void check(Properties p, List<String> problems) {
        if (text(p, StreamsConfig.BOOTSTRAP_SERVERS_CONFIG).isEmpty()) {
            problems.add("kafka.bootstrap.servers is missing; set it there or as LIMPID_KAFKA_BOOTSTRAP_SERVERS");
        }
        for (String name : CACHE) {
            String bytes = text(p, name);
            if (!bytes.isEmpty() && number(p, name, 0) < MIN_CACHE_BYTES) {
                problems.add("kafka." + name + " is " + bytes + ", needs at least " + MIN_CACHE_BYTES
                        + ": a smaller cache evicts the tick that aligns batches with commits");
            }
        }
        ALWAYS.forEach((name, value) -> {
            if (p.containsKey(name) && !text(p, name).equals(value)) {
                problems.add("kafka." + name + " is " + text(p, name) + ", must be " + value
                        + ": another value would lose records or their state");
            }
        });
        for (String name :
                List.of("default.deserialization.exception.handler", "default.production.exception.handler")) {
            if (p.containsKey(name)) {
                problems.add("kafka." + name + " must not be set: the handlers always fail");
            }
        }
        for (String name : List.of(StreamsConfig.NUM_STREAM_THREADS_CONFIG, StreamsConfig.COMMIT_INTERVAL_MS_CONFIG)) {
            if (p.containsKey(name) && number(p, name, -1) < 1) {
                problems.add("kafka." + name + " is " + text(p, name) + ", needs a number from 1");
            }
        }
        for (String name : List.of(MAX_REQUEST, StreamsConfig.producerPrefix(MAX_REQUEST))) {
            if (number(p, name, MIN_RECORD_BYTES) < MIN_RECORD_BYTES) {
                problems.add("kafka." + name + " is " + text(p, name) + ", needs at least " + MIN_RECORD_BYTES
                        + ": a smaller one refuses records and state that the topics hold");
            }
        }
        int commitMs = commitIntervalMs(p);
        int timeoutMs = transactionTimeoutMs(p);
        if (commitMs >= timeoutMs / 3) {
            problems.add("kafka." + StreamsConfig.COMMIT_INTERVAL_MS_CONFIG + " is " + commitMs + ", needs less than "
                    + timeoutMs / 3 + ", a third of transaction.timeout.ms=" + timeoutMs
                    + ": a commit that comes later may find its transaction aborted; raise"
                    + " kafka.producer.transaction.timeout.ms with it");
        }
    }

    static int commitIntervalMs(Properties p) {
        return number(p, StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MS);
    }

    static int transactionTimeoutMs(Properties p) {
        return number(
                p, StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_TIMEOUT_MS);
    }

    /** The largest request, and so the largest record, that the producer sends. */
    static int maxRequestBytes(Properties p) {
        return number(
                p, StreamsConfig.producerPrefix(MAX_REQUEST), number(p, MAX_REQUEST, Limits.DEFAULT.recordBytes()));
    }

    static String text(Properties p, String name) {
        Object value = p.get(name);
        return value == null ? "" : value.toString();
    }

    /** A whole number, or {@code otherwise} if there is none. */
    static int number(Properties p, String name, int otherwise) {
        try {
            return Math.toIntExact(
                    Math.min(Integer.MAX_VALUE, Long.parseLong(text(p, name).strip())));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** The properties for people to read: sorted, secrets masked. */
    static Map<String, String> printable(Properties p) {
        Map<String, String> shown = new TreeMap<>();
        p.forEach((name, value) -> {
            String lower = name.toString().toLowerCase(Locale.ROOT);
            shown.put(name.toString(), SECRET.stream().anyMatch(lower::contains) ? "********" : value.toString());
        });
        return shown;
    }

    /** The part of the properties that an admin client takes. */
    static Map<String, Object> admin(Properties p) {
        return new StreamsConfig(p).getAdminConfigs("limpid-" + text(p, StreamsConfig.APPLICATION_ID_CONFIG));
    }

    private static String fileName(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]", "_");
    }
}
