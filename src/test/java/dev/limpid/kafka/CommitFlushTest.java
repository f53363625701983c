package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The commit flush where it could go wrong: five pipelines at the same time, each with a trouble of its own. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class CommitFlushTest {
    private static final String INPUT = "flush.raw";
    private static final String NULL_KEYS = "flush-null.raw";
    private static final int ROUNDS_OF_KILLS = 3;
    private static CrashFeed feed;
    private static CrashFeed nullKeys;
    private static long exceptions;
    private static long evictions;
    private static long evictionsElsewhere;

    @BeforeAll
    static void run() throws Exception {
        CrashRig.topics(INPUT, "evicted", "throwing", "hopping", "control", "hopping-whole");
        CrashRig.topics(NULL_KEYS, "null-keys");
        CrashRig.Feeder feeder = new CrashRig.Feeder(INPUT, 16, 0);
        CrashRig.Feeder nullFeeder = new CrashRig.Feeder(new CrashFeed(CrashRig.bootstrap(), NULL_KEYS, true), 100, 0);
        Child throwing = CrashRig.child("throwing", INPUT, "a", "throwInFlush=3");
        List<Child> killed = start();
        for (int round = 0; round < ROUNDS_OF_KILLS; round++) {
            for (Child child : killed) {
                child.awaitReady();
            }
            CrashRig.pause(800);
            // on a busy machine it may not have begun: nothing is lost where nothing was committed
            CrashRig.awaitCommits("control", 3);
            for (Child child : killed) {
                child.kill();
            }
            killed = start();
        }
        throwing.awaitReady();
        CrashRig.pause(1_000);
        feed = feeder.finish();
        nullKeys = nullFeeder.finish();
        for (String app : List.of("evicted", "hopping", "control", "throwing")) {
            CrashRig.awaitConsumed(app, INPUT);
        }
        CrashRig.awaitConsumed("null-keys", NULL_KEYS);
        exceptions = throwing.said("THROWN throwing");
        evictions = killed.get(0).said("EVICTED evicted");
        evictionsElsewhere = killed.get(1).said("EVICTED hopping");
        assertThat(throwing.alive()).isTrue();
        throwing.kill();
        for (Child child : killed) {
            child.kill();
        }
        Child whole = CrashRig.child("hopping-whole", INPUT, "a", "granularity=HOP");
        CrashRig.awaitConsumed("hopping-whole", INPUT);
        whole.kill();
    }

    private static List<Child> start() {
        return new ArrayList<>(List.of(
                CrashRig.child("evicted", INPUT, "a", "cache=0"),
                CrashRig.child("hopping", INPUT, "a", "granularity=HOP"),
                CrashRig.child("control", INPUT, "a", "aligned=false"),
                CrashRig.child("null-keys", NULL_KEYS, "a")));
    }

    private static Map<String, List<Integer>> answered(String app) {
        return feed.answered(Committed.numbers(Committed.read(CrashRig.bootstrap(), app + ".cleaned")));
    }

    @Test
    void a_tick_that_the_cache_evicts_at_once_costs_speed_but_no_record() {
        assertThat(evictions).isPositive();
        assertThat(evictionsElsewhere).isZero();
        assertThat(answered("evicted")).isEqualTo(feed.expected());
    }

    @Test
    void exceptions_inside_the_flush_replace_the_thread_and_lose_and_repeat_nothing() {
        assertThat(exceptions).isEqualTo(CrashChild.EXCEPTIONS);
        assertThat(answered("throwing")).isEqualTo(feed.expected());
    }

    @Test
    void where_no_record_has_a_key_kills_lose_and_repeat_nothing() {
        Map<String, List<Integer>> numbers =
                Committed.numbers(Committed.read(CrashRig.bootstrap(), "null-keys.cleaned"));
        assertThat(numbers).containsOnlyKeys("null");
        assertThat(nullKeys.answered(numbers)).isEqualTo(nullKeys.expected());
    }

    @Test
    void hop_blocks_after_kills_are_the_bytes_of_an_uninterrupted_run() {
        List<ConsumerRecord<byte[], byte[]>> whole = Committed.read(CrashRig.bootstrap(), "hopping-whole.cleaned");
        assertThat(whole).hasSizeGreaterThan(1_000);
        assertThat(Committed.differences(Committed.read(CrashRig.bootstrap(), "hopping.cleaned"), whole))
                .isEmpty();
    }

    @Test
    void without_the_commit_flush_kills_lose_records_so_these_tests_bite() {
        long expected = feed.expected().values().stream().mapToLong(List::size).sum();
        long distinct = answered("control").values().stream()
                .mapToLong(numbers -> numbers.stream().distinct().count())
                .sum();
        assertThat(distinct).isLessThan(expected);
    }

    @Test
    void a_segment_ended_by_the_wall_clock_and_committed_is_not_ended_again_after_a_kill() throws Exception {
        // Given
        CrashRig.topics("idle.raw", "idle");
        CrashFeed idle = new CrashFeed(CrashRig.bootstrap(), "idle.raw");
        for (int round = 0; round < 5; round++) {
            idle.round();
        }
        idle.flush();
        Child child = CrashRig.child("idle", "idle.raw", "a", "idleMs=700").awaitReady();
        awaitCleaned("idle", idle.records());
        assertThat(endedByWallClock()).isNotEmpty();

        // When
        child.kill();
        Child again = CrashRig.child("idle", "idle.raw", "a", "idleMs=700").awaitReady();
        for (int round = 0; round < 5; round++) {
            idle.round();
        }
        idle.flush();
        awaitCleaned("idle", idle.records());
        CrashRig.pause(1_000);
        again.kill();

        // Then
        List<ConsumerRecord<byte[], byte[]>> cleaned = Committed.read(CrashRig.bootstrap(), "idle.cleaned");
        assertThat(Committed.numbers(cleaned)).isEqualTo(idle.sent());
        idle.close();
    }

    private static List<ConsumerRecord<byte[], byte[]>> endedByWallClock() {
        return Committed.read(CrashRig.bootstrap(), "idle.cleaned").stream()
                .filter(record -> new String(
                                record.headers().lastHeader("limpid-quality").value(), StandardCharsets.UTF_8)
                        .contains("wall-clock-end"))
                .toList();
    }

    private static void awaitCleaned(String app, long records) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        Committed.read(CrashRig.bootstrap(), app + ".cleaned").size() >= records);
    }
}
