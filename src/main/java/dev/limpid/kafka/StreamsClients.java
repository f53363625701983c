package dev.limpid.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the Kafka clients of a Streams instance, and remembers for each stream thread the consumer it polls, so that a
 * punctuation on that thread can ask how far the input is read. {@link Consumer#currentLag} answers from what the last fetch said,
 * without a request. It ties and unties the {@link Bundle}s.
 */
final class StreamsClients implements KafkaClientSupplier, CaughtUp {
    @SuppressWarnings("ThreadLocalUsage") // one per Streams instance: the thread's consumer belongs to it
    private final ThreadLocal<Consumer<byte[], byte[]>> polled = new ThreadLocal<>();

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new Untying(config);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new Polled(config);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public boolean caughtUp(TopicPartition partition) {
        Consumer<byte[], byte[]> consumer = polled.get();
        if (consumer == null || !consumer.assignment().contains(partition)) {
            return false;
        }
        OptionalLong lag = consumer.currentLag(partition);
        return lag.isPresent() && lag.getAsLong() == 0;
    }

    /** The consumer of a stream thread, which ties what a poll brought into bundles. */
    private final class Polled extends KafkaConsumer<byte[], byte[]> {
        Polled(Map<String, Object> config) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            polled.set(this);
            return Tying.tie(super.poll(timeout));
        }
    }

    /** Sends the records of a bundle one by one; Kafka Streams hears of the last, after which all others are known to be sent. */
    private static final class Untying extends KafkaProducer<byte[], byte[]> {
        private final boolean transactional;

        Untying(Map<String, Object> config) {
            super(config, new ByteArraySerializer(), new ByteArraySerializer());
            this.transactional = config.get(ProducerConfig.TRANSACTIONAL_ID_CONFIG) != null;
        }

        /**
         * Waits for nothing in a transaction. Kafka Streams flushes at a commit once per task, one after the other, and then commits
         * the one transaction of the thread; that sends what waits, awaits all of it and fails if any of it failed.
         */
        @Override
        public void flush() {
            if (!transactional) {
                super.flush();
            }
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
            Bundle<?> bundle = Bundle.in(record.headers());
            if (bundle == null) {
                return super.send(record, callback);
            }
            int last = bundle.records().size() - 1;
            for (int i = 0; i < last; i++) {
                // one that fails makes the transaction fail
                Future<RecordMetadata> unused = super.send(tied(bundle, i), null);
            }
            return super.send(tied(bundle, last), callback);
        }

        @SuppressWarnings("unchecked") // the outbox ties records for a producer
        private static ProducerRecord<byte[], byte[]> tied(Bundle<?> bundle, int index) {
            return (ProducerRecord<byte[], byte[]>) bundle.records().get(index);
        }
    }
}
