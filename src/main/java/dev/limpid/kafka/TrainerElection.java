package dev.limpid.kafka;

import dev.limpid.definition.Definition;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Elects one of the trainers of a model: all are in one consumer group on the models topic, which has one partition, so at most one is
 * assigned it. It never reads a record. Who dies is succeeded after the session timeout, who closes at once. One that was cut off may believe
 * itself elected for longer; what it publishes then is refused, for the pointer is another ({@link ModelPublisher#publishOver}). A thread
 * of its own; thread-safe.
 */
public final class TrainerElection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainerElection.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long AWAY_MS = 1_000;
    private static final long CLOSE_MS = 10_000;

    private final ModelClients clients;
    private final ModelTopics topics;
    private final String group;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean elected;
    private volatile boolean joined;
    private String lastTrouble = "";

    private TrainerElection(ModelClients clients, ModelTopics topics, String group) {
        this.clients = clients;
        this.topics = topics;
        this.group = group;
        this.thread = new Thread(this::run, "limpid-trainer-election");
        thread.setDaemon(true);
    }

    /** Stands for election; returns at once. */
    public static TrainerElection stand(Definition definition) {
        ModelTopics topics = ModelTopics.of(definition).orElseThrow();
        TrainerElection election = new TrainerElection(ModelClients.of(definition), topics, group(definition));
        election.thread.start();
        return election;
    }

    /** The group of the trainers of a pipeline's model: whose members need READ on it. */
    public static String group(Definition definition) {
        return "limpid-trainer-" + definition.pipeline() + "-"
                + definition.model().name();
    }

    /** Whether this one is to work now. */
    public boolean elected() {
        return elected;
    }

    /** Whether it is in the group, elected or not. */
    public boolean joined() {
        return joined;
    }

    private void run() {
        while (stop.getCount() > 0) {
            try (Consumer<byte[], byte[]> member = clients.member(group)) {
                member.subscribe(List.of(topics.models()), new Listener(member));
                while (stop.getCount() > 0) {
                    member.poll(POLL);
                }
            } catch (InterruptException e) {
                LOG.debug("the election ends");
            } catch (KafkaException e) {
                trouble(String.valueOf(e.getMessage()));
                pause();
            } finally {
                elected = false;
                joined = false;
            }
        }
    }

    private void trouble(String what) {
        if (!what.equals(lastTrouble)) {
            LOG.warn("group {}, which elects the trainer: {}; trying again", group, what);
        }
        lastTrouble = what;
    }

    private void pause() {
        try {
            if (stop.await(AWAY_MS, TimeUnit.MILLISECONDS)) {
                LOG.debug("closed while waiting for the broker");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Listener implements ConsumerRebalanceListener {
        private final Consumer<byte[], byte[]> member;

        Listener(Consumer<byte[], byte[]> member) {
            this.member = member;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            member.pause(partitions);
            joined = true; // told of no partitions, too
            if (!partitions.isEmpty()) {
                elected = true;
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (!partitions.isEmpty()) {
                elected = false;
            }
        }
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(CLOSE_MS);
            thread.interrupt();
            thread.join(CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
