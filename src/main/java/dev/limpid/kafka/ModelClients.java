package dev.limpid.kafka;

import dev.limpid.definition.Definition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The Kafka clients of the model topics, made of one set of properties: bootstrap servers, and whatever TLS and SASL need.
 *
 * @param properties of any client; each client takes those that it knows
 */
public record ModelClients(Map<String, Object> properties) {
    public ModelClients {
        properties = Map.copyOf(properties);
    }

    /** The clients of a definition's {@code kafka} block. */
    public static ModelClients of(Definition definition) {
        List<String> problems = new ArrayList<>();
        Properties all = StreamsProperties.of(definition, "models", problems);
        Map<String, Object> admin = new HashMap<>(StreamsProperties.admin(all));
        admin.keySet().retainAll(AdminClientConfig.configNames());
        admin.remove(CommonClientConfigs.CLIENT_ID_CONFIG);
        admin.values().removeIf(value -> value == null);
        return new ModelClients(admin);
    }

    Admin admin() {
        return Admin.create(known(AdminClientConfig.configNames()));
    }

    /**
     * A reader without a group; sees only what was committed.
     *
     * @param waitMs how long the broker holds a request for records, and with it everything else of this reader
     */
    Consumer<byte[], byte[]> reader(int waitMs) {
        Map<String, Object> own = known(ConsumerConfig.configNames());
        own.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        own.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, Integer.toString(waitMs));
        // 4 MiB of chunks at a time: what a fetch holds is on the heap
        own.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "4194304");
        own.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, "4194304");
        return new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A member of a group that shares out partitions, of which each keeps what it has; it commits nothing. */
    Consumer<byte[], byte[]> member(String group) {
        Map<String, Object> own = known(ConsumerConfig.configNames());
        own.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        own.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        own.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "10000");
        own.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "2000");
        return new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** A producer whose transactions end those that an earlier producer of the same id left open. */
    Producer<byte[], byte[]> transactional(String id, int timeoutMs) {
        Map<String, Object> own = producer();
        own.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
        own.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Integer.toString(timeoutMs));
        own.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(Limits.DEFAULT.recordBytes()));
        return new KafkaProducer<>(own, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A producer that holds its caller up for a few seconds at most. */
    Producer<byte[], byte[]> plain() {
        Map<String, Object> own = producer();
        own.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "5000");
        return new KafkaProducer<>(own, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Why a client could not be made: what it says itself is only that it could not. */
    static String reason(KafkaException e) {
        Throwable cause = e.getCause();
        return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
    }

    private Map<String, Object> producer() {
        Map<String, Object> own = known(ProducerConfig.configNames());
        own.put(ProducerConfig.ACKS_CONFIG, "all");
        own.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        own.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        return own;
    }

    private Map<String, Object> known(Set<String> names) {
        Map<String, Object> known = new HashMap<>(properties);
        known.keySet().retainAll((Collection<?>) names);
        return known;
    }
}
