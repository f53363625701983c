package dev.limpid.kafka;

import dev.limpid.demo.ChildBroker;
import dev.limpid.pipeline.Granularity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/** One broker for all crash tests, and what they do with it. The broker ends with this JVM. */
final class CrashRig {
    private static final long IDLE_MS = 30_000;
    private static final ChildBroker BROKER = ChildBroker.start("512m");

    private CrashRig() {}

    static String bootstrap() {
        return BROKER.bootstrapServers();
    }

    /** Starts a pipeline; further options as {@link CrashChild} takes them. */
    static Child child(String app, String input, String instance, String... more) {
        return Child.start(List.of(pipeline(app, input, instance, more)));
    }

    /** The options of a pipeline. */
    static List<String> pipeline(String app, String input, String instance, String... more) {
        List<String> options = new ArrayList<>(
                List.of("bootstrap=" + bootstrap(), "app=" + app, "input=" + input, "instance=" + instance));
        options.addAll(List.of(more));
        return options;
    }

    /** Makes the input topic and the outputs of several applications. */
    static void topics(String input, String... apps) throws Exception {
        try (Admin admin = admin()) {
            for (String app : apps) {
                new Topics(admin)
                        .create(
                                CrashChild.definition(app, input, Granularity.RECORD, IDLE_MS, Map.of()),
                                CrashFeed.PARTITIONS,
                                Optional.empty());
            }
        }
    }

    static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrap()));
    }

    /**
     * Waits until an application has committed the end of its input and no transaction is open on its outputs any more: the
     * offsets of a transaction may be visible a moment before its records are.
     */
    static void awaitConsumed(String app, String input) {
        try (Admin admin = admin()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(100))
                    .ignoreExceptions()
                    .until(() -> consumed(admin, app, input) && visible(admin, app));
        }
    }

    /** Waits until the pipeline has committed so many times since it was asked. */
    static void awaitCommits(String app, int times) {
        try (Admin admin = admin()) {
            AtomicLong last = new AtomicLong(Long.MAX_VALUE);
            AtomicInteger seen = new AtomicInteger();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(20))
                    .ignoreExceptions()
                    .until(() -> {
                        long sum = admin
                                .listConsumerGroupOffsets(app)
                                .partitionsToOffsetAndMetadata()
                                .get(5, TimeUnit.SECONDS)
                                .values()
                                .stream()
                                .mapToLong(OffsetAndMetadata::offset)
                                .sum();
                        return (last.getAndSet(sum) < sum ? seen.incrementAndGet() : seen.get()) >= times;
                    });
        }
    }

    private static boolean consumed(Admin admin, String app, String input) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(app)
                .partitionsToOffsetAndMetadata()
                .get(5, TimeUnit.SECONDS);
        for (int partition = 0; partition < CrashFeed.PARTITIONS; partition++) {
            TopicPartition each = new TopicPartition(input, partition);
            long end = admin.listOffsets(Map.of(each, OffsetSpec.latest()))
                    .partitionResult(each)
                    .get(5, TimeUnit.SECONDS)
                    .offset();
            OffsetAndMetadata at = committed.get(each);
            if (end > 0 && (at == null || at.offset() < end)) {
                return false;
            }
        }
        return true;
    }

    private static boolean visible(Admin admin, String app) throws Exception {
        List<TopicPartition> outputs = new ArrayList<>();
        for (String output : List.of(".cleaned", ".scores", ".alerts", ".dead")) {
            for (int partition = 0; partition < CrashFeed.PARTITIONS; partition++) {
                outputs.add(new TopicPartition(app + output, partition));
            }
        }
        return ends(admin, outputs, IsolationLevel.READ_COMMITTED)
                .equals(ends(admin, outputs, IsolationLevel.READ_UNCOMMITTED));
    }

    private static Map<TopicPartition, Long> ends(
            Admin admin, List<TopicPartition> partitions, IsolationLevel isolation) throws Exception {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(each -> latest.put(each, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest, new ListOffsetsOptions(isolation))
                .all()
                .get(5, TimeUnit.SECONDS)
                .forEach((each, end) -> ends.put(each, end.offset()));
        return ends;
    }

    /** Lets real time pass while the children work: there is no condition to wait for. */
    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Feeds at a steady rate until told to finish. */
    static final class Feeder {
        private final CrashFeed feed;
        private final Thread thread;
        private volatile boolean finish;

        /**
         * Begins to feed.
         *
         * @param least samples to feed, even if told to finish before
         */
        Feeder(String topic, int roundsPerSecond, long least) {
            this(new CrashFeed(bootstrap(), topic), roundsPerSecond, least);
        }

        Feeder(CrashFeed feed, int roundsPerSecond, long least) {
            this.feed = feed;
            thread = new Thread(() -> run(roundsPerSecond, least), "feeder");
            thread.start();
        }

        /** One for each feed. */
        static List<Feeder> all(Collection<CrashFeed> feeds, int roundsPerSecond, long least) {
            return feeds.stream()
                    .map(feed -> new Feeder(feed, roundsPerSecond, least))
                    .toList();
        }

        private void run(int roundsPerSecond, long least) {
            long start = System.nanoTime();
            for (long round = 1; !finish || feed.samples() < least; round++) {
                feed.round();
                long aheadNanos = start + round * 1_000_000_000L / roundsPerSecond - System.nanoTime();
                if (aheadNanos > 0 && !finish) {
                    pause(aheadNanos / 1_000_000);
                }
            }
            feed.last();
        }

        CrashFeed finish() throws InterruptedException {
            finish = true;
            thread.join();
            feed.close();
            return feed;
        }
    }
}
