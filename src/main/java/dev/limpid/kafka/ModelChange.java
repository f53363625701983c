package dev.limpid.kafka;

import dev.limpid.codec.PointerLayout;
import dev.limpid.codec.SigningKey;
import dev.limpid.model.Pointer;
import dev.limpid.model.TopicKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One change of what is announced of a model: everything sent becomes visible together or not at all. To begin ends what an
 * earlier change of the same model left open, and makes one that still goes on fail; then it reads what is there. So two changes at
 * once never build on the same pointer. Confined to one thread; a dry run sends nothing and makes no topic.
 */
final class ModelChange implements AutoCloseable {
    private static final int TIMEOUT_MS = 30_000;
    private static final int BYTES_PER_MS = 2_000;
    private static final int MOST_TIMEOUT_MS = 900_000;
    private static final int ATTEMPTS = 4;
    private static final long PAUSE_MS = 250;
    private static final Logger LOG = LoggerFactory.getLogger(ModelChange.class);

    private final ModelTopics topics;
    private final String name;
    private final @Nullable Producer<byte[], byte[]> producer;
    private final ModelBoard board;
    private final long recordBytes;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private boolean open;

    /** What is done in a change; done once more if the broker has lost the transaction. */
    interface Step<T, X extends Exception> {
        T in(ModelChange change) throws X;
    }

    ModelChange(
            ModelTopics topics,
            String name,
            @Nullable Producer<byte[], byte[]> producer,
            ModelBoard board,
            long recordBytes) {
        this.topics = topics;
        this.name = name;
        this.producer = producer;
        this.board = board;
        this.recordBytes = recordBytes;
        this.open = producer != null;
    }

    /** Whether a change of the model has sent something and is not at its end. To begin another makes it fail. */
    static boolean inProgress(ModelClients clients, ModelTopics topics, String name) {
        String id = transactionalId(topics, name);
        try (Admin admin = clients.admin()) {
            return AdminCalls.await(admin.describeTransactions(List.of(id)).description(id))
                            .state()
                    == TransactionState.ONGOING;
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof TransactionalIdNotFoundException) {
                return false; // there never was one
            }
            throw e;
        }
    }

    private static String transactionalId(ModelTopics topics, String name) {
        return topics.models() + "/" + name;
    }

    /**
     * Makes a change: what the step sends becomes visible when it returns, and nothing of it if it throws. A broker that has just come
     * up can know nothing of a transaction that it let begin; then nothing is visible, and the change begins anew, a few times.
     *
     * @param bytes about how much will be sent: a crash leaves the transaction open for as long as that may take
     * @throws IllegalStateException if the cluster does not take it; nothing of it is visible
     */
    static <T, X extends Exception> T make(
            ModelClients clients, ModelTopics topics, String name, long bytes, boolean dryRun, Step<T, X> step)
            throws X {
        return make(() -> begin(clients, topics, name, bytes, dryRun), step);
    }

    static <T, X extends Exception> T make(Supplier<ModelChange> begin, Step<T, X> step) throws X {
        for (int attempt = 1; ; attempt++) {
            try (ModelChange change = begin.get()) {
                T result = step.in(change);
                change.commit();
                return result;
            } catch (IllegalStateException e) {
                if (attempt == ATTEMPTS || !(e.getCause() instanceof InvalidTxnStateException)) {
                    throw e;
                }
                LOG.warn("{}; trying again", e.getMessage());
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a change was to be tried again", e);
        }
    }

    private static ModelChange begin(
            ModelClients clients, ModelTopics topics, String name, long bytes, boolean dryRun) {
        long recordBytes = Limits.DEFAULT.recordBytes();
        try (Admin admin = clients.admin()) {
            if (!dryRun) {
                topics.create(admin);
            }
            if (topics.known(admin).contains(topics.models())) {
                recordBytes = topics.mostRecordBytes(admin);
            }
        }
        if (dryRun) {
            return new ModelChange(topics, name, null, ModelBoard.read(clients, topics), recordBytes);
        }
        int timeoutMs = (int) Math.min(MOST_TIMEOUT_MS, TIMEOUT_MS + bytes / BYTES_PER_MS);
        Producer<byte[], byte[]> producer = clients.transactional(transactionalId(topics, name), timeoutMs);
        boolean begun = false;
        try {
            producer.initTransactions();
            ModelBoard board = ModelBoard.read(clients, topics);
            producer.beginTransaction();
            begun = true;
            return new ModelChange(topics, name, producer, board, recordBytes);
        } finally {
            if (!begun) {
                producer.close();
            }
        }
    }

    /** What was there when it began. */
    ModelBoard board() {
        return board;
    }

    /** The largest record that the topic takes. */
    long recordBytes() {
        return recordBytes;
    }

    /** @param value null removes the record */
    void send(TopicKey key, byte @Nullable [] value) {
        Exception failed = failure.get();
        if (failed != null) {
            throw explained(failed);
        }
        if (producer != null) {
            byte[] bytes = key.toString().getBytes(StandardCharsets.UTF_8);
            var unused = producer.send(new ProducerRecord<>(topics.models(), 0, bytes, value), (metadata, e) -> {
                if (e != null) {
                    failure.compareAndSet(null, e);
                }
            });
        }
    }

    /** Sends a pointer with the next sequence number. */
    Pointer point(
            Optional<String> inForce, Optional<String> previous, Optional<String> shadow, Optional<SigningKey> key) {
        Pointer unsigned = new Pointer(
                name,
                inForce,
                previous,
                shadow,
                board.sequence(name) + 1,
                System.currentTimeMillis(),
                Optional.empty());
        Pointer pointer = key.map(each -> PointerLayout.sign(unsigned, each)).orElse(unsigned);
        send(new TopicKey.OfPointer(name), PointerLayout.encode(pointer));
        return pointer;
    }

    private void commit() {
        if (producer == null) {
            return;
        }
        try {
            producer.commitTransaction();
            open = false;
        } catch (KafkaException e) {
            Exception first = failure.get();
            throw explained(first != null ? first : e.getCause() instanceof InvalidTxnStateException lost ? lost : e);
        }
    }

    private IllegalStateException explained(Exception e) {
        String what = "nothing was announced of " + name + ": ";
        if (e instanceof ProducerFencedException || e instanceof InvalidProducerEpochException) {
            return new IllegalStateException(what + "another change of it began meanwhile; try again", e);
        }
        if (e instanceof RecordTooLargeException) {
            return new IllegalStateException(
                    what + "a record is larger than the broker takes, " + e.getMessage()
                            + "; raise message.max.bytes, or max.message.bytes of " + topics.models()
                            + ", or announce it with --reference",
                    e);
        }
        return new IllegalStateException(what + e.getMessage(), e);
    }

    /** Takes back what was not committed. */
    @Override
    public void close() {
        if (producer != null) {
            try {
                if (open) {
                    producer.abortTransaction();
                }
            } catch (KafkaException e) {
                // fenced or away: the broker takes it back itself
                open = false;
            } finally {
                producer.close();
            }
        }
    }
}
