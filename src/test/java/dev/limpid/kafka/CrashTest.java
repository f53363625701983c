package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.demo.ChildBroker;
import dev.limpid.pipeline.Granularity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only a real broker and real deaths show. Pipelines run in child JVMs that are killed. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class CrashTest {
    private static final String INPUT = "raw";
    private static ChildBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = ChildBroker.start("512m");
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void twenty_kills_lose_repeat_and_reorder_nothing_and_leave_the_bytes_of_an_uninterrupted_run() throws Exception {
        // Given
        topics("raw", "killed", "whole");
        Random random = new Random(7);
        int kills = 0;
        int inFlush = 0;
        Feeder feeder = new Feeder("raw", 24);
        try {
            // When
            Child second = null;
            for (int life = 0; life < 24; life++) {
                boolean halts = life % 3 == 1;
                Child child = child(
                        "killed",
                        "raw",
                        "a",
                        "RECORD",
                        halts ? "haltInFlush=" + (3 + random.nextInt(12)) : "leave=false");
                if (!halts) {
                    child.awaitReady();
                }
                System.out.println(java.time.LocalTime.now() + " life " + life + " fed " + feeder.feed().samples());
                if (life % 8 == 2) {
                    second = child("killed", "raw", "b", "RECORD", "leave=true");
                    second.awaitReady();
                }
                if (halts) {
                    if (child.awaitEnd(30)) {
                        inFlush++;
                    } else {
                        child.kill();
                    }
                    kills++;
                } else if (life % 8 == 6) {
                    pause(300 + random.nextInt(700));
                    child.terminate();
                } else {
                    pause(200 + random.nextInt(1200));
                    child.kill();
                    kills++;
                }
                if (second != null && life % 8 == 4) {
                    second.terminate();
                    second = null;
                }
            }
        } finally {
            feeder.finish();
        }
        CrashFeed feed = feeder.feed();
        Child last = child("killed", "raw", "a", "RECORD");
        Map<String, List<Integer>> expected = feed.expected();
        List<ConsumerRecord<byte[], byte[]>> killed = awaitAll("killed.cleaned", expected);
        last.kill();

        // Then
        System.out.println("samples " + feed.samples() + " kills " + kills + " in flush " + inFlush);
        assertThat(feed.samples()).isGreaterThanOrEqualTo(1_000_000);
        assertThat(kills).isGreaterThanOrEqualTo(20);
        assertThat(inFlush).isGreaterThanOrEqualTo(5);
        assertThat(withoutLast(Committed.numbers(killed), expected)).isEqualTo(expected);
        Child whole = child("whole", "raw", "a", "RECORD");
        List<ConsumerRecord<byte[], byte[]>> reference = awaitAll("whole.cleaned", expected);
        whole.kill();
        assertThat(Committed.contents(killed)).isEqualTo(Committed.contents(reference));
    }

    /** Feeds at a steady rate until told to finish. */
    private static final class Feeder {
        private final CrashFeed feed;
        private final Thread thread;
        private volatile boolean finish;

        Feeder(String topic, int roundsPerSecond) {
            feed = new CrashFeed(broker.bootstrapServers(), topic);
            thread = new Thread(() -> run(roundsPerSecond), "feeder");
            thread.start();
        }

        private void run(int roundsPerSecond) {
            long start = System.nanoTime();
            for (long round = 0; !finish || feed.samples() < 1_000_000; round++) {
                feed.round();
                long aheadNanos = start + (round + 1) * 1_000_000_000L / roundsPerSecond - System.nanoTime();
                if (aheadNanos > 0 && !finish) {
                    pause(aheadNanos / 1_000_000);
                }
            }
            feed.last();
        }

        void finish() throws InterruptedException {
            finish = true;
            thread.join();
            feed.close();
        }

        CrashFeed feed() {
            return feed;
        }
    }

    private static Child child(String app, String input, String instance, String granularity, String... more) {
        String[] options = new String[5 + more.length];
        options[0] = "bootstrap=" + broker.bootstrapServers();
        options[1] = "app=" + app;
        options[2] = "input=" + input;
        options[3] = "instance=" + instance;
        options[4] = "granularity=" + granularity;
        System.arraycopy(more, 0, options, 5, more.length);
        return Child.start(options);
    }

    /** The input topic and the outputs of several applications. */
    private static void topics(String input, String... apps) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(input, CrashFeed.PARTITIONS, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
            for (String app : apps) {
                new Topics(admin)
                        .create(
                                CrashChild.definition(app, input, Granularity.RECORD, 30_000, Map.of()),
                                CrashFeed.PARTITIONS,
                                Optional.empty());
            }
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> awaitAll(String topic, Map<String, List<Integer>> expected) {
        long count = expected.values().stream().mapToLong(List::size).sum();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> Committed.end(broker.bootstrapServers(), topic) >= count
                        && Committed.read(broker.bootstrapServers(), topic).size() >= count);
        return Committed.read(broker.bootstrapServers(), topic);
    }

    private static Map<String, List<Integer>> withoutLast(
            Map<String, List<Integer>> numbers, Map<String, List<Integer>> expected) {
        Map<String, List<Integer>> shortened = new TreeMap<>();
        numbers.forEach((name, all) -> shortened.put(
                name,
                all.subList(0, Math.min(all.size(), Math.max(expected.get(name).size(), all.size() - 1)))));
        return shortened;
    }

    /** Lets real time pass while the children work: there is no condition to wait for. */
    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
