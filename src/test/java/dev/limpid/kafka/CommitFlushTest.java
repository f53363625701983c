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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commit flush where it could go wrong: five JVMs at the same time, each with a trouble of its own, and where that can trouble more
 * than signals, with a pipeline of each kind.
 */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class CommitFlushTest {
    private static final String KINDS = "signal,frame,tokens gap";
    private static final Pipelines EVICTED = new Pipelines("flush", "evicted", KINDS);
    private static final Pipelines THROWING = new Pipelines("flush", "throwing", KINDS);
    private static final Pipelines NULL_KEYS = new Pipelines("flush-null", "null-keys", KINDS);
    private static final Pipelines IDLE = new Pipelines("idle", "idle", KINDS);
    private static final String SIGNALS = EVICTED.input("signal");
    private static final int ROUNDS_OF_KILLS = 3;
    private static Map<String, CrashFeed> feeds;
    private static Map<String, CrashFeed> nullKeys;
    private static Child throwing;
    private static Child evicted;
    private static Child hopping;

    static List<String> kinds() {
        return List.of(KINDS.split(","));
    }

    @BeforeAll
    static void run() throws Exception {
        for (Pipelines each : List.of(EVICTED, THROWING, NULL_KEYS)) {
            each.topics();
        }
        CrashRig.topics(SIGNALS, "hopping", "control", "hopping-whole");
        feeds = EVICTED.feeds(false);
        nullKeys = NULL_KEYS.feeds(true);
        List<CrashRig.Feeder> feeders = new ArrayList<>(CrashRig.Feeder.all(feeds.values(), 16, 0));
        feeders.addAll(CrashRig.Feeder.all(nullKeys.values(), 100, 0));
        throwing = THROWING.start("a", "throwInFlush=3");
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
        for (CrashRig.Feeder feeder : feeders) {
            feeder.finish();
        }
        for (Pipelines each : List.of(EVICTED, THROWING, NULL_KEYS)) {
            each.awaitConsumed();
        }
        for (String app : List.of("hopping", "control")) {
            CrashRig.awaitConsumed(app, SIGNALS);
        }
        assertThat(throwing.alive()).isTrue();
        throwing.kill();
        for (Child child : killed) {
            child.kill();
        }
        Child whole = CrashRig.child("hopping-whole", SIGNALS, "a", "granularity=HOP");
        CrashRig.awaitConsumed("hopping-whole", SIGNALS);
        whole.kill();
    }

    private static List<Child> start() {
        evicted = EVICTED.start("a", "cache=0");
        hopping = CrashRig.child("hopping", SIGNALS, "a", "granularity=HOP");
        return List.of(
                evicted, hopping, CrashRig.child("control", SIGNALS, "a", "aligned=false"), NULL_KEYS.start("a"));
    }

    private static Map<String, List<Integer>> answered(CrashFeed feed, String app) {
        return feed.answered(Committed.numbers(Committed.read(CrashRig.bootstrap(), app + ".cleaned")));
    }

    private static void assertConserved(Pipelines pipelines, Map<String, CrashFeed> feeds, String kind) {
        CrashFeed feed = feeds.get(pipelines.input(kind));
        assertThat(answered(feed, pipelines.app(kind))).isEqualTo(feed.expected());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void a_tick_that_the_cache_evicts_at_once_costs_speed_but_no_record(String kind) {
        assertThat(evicted.said("EVICTED " + EVICTED.app(kind))).isPositive();
        assertThat(hopping.said("EVICTED hopping")).isZero();
        assertConserved(EVICTED, feeds, kind);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void exceptions_inside_the_flush_replace_the_thread_and_lose_and_repeat_nothing(String kind) {
        assertThat(throwing.said("THROWN " + THROWING.app(kind))).isEqualTo(CrashChild.EXCEPTIONS);
        assertConserved(THROWING, feeds, kind);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void where_no_record_has_a_key_kills_lose_and_repeat_nothing(String kind) {
        assertThat(nullKeys.get(NULL_KEYS.input(kind)).sent()).containsOnlyKeys("null");
        assertConserved(NULL_KEYS, nullKeys, kind);
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
        CrashFeed feed = feeds.get(SIGNALS);
        long expected = feed.expected().values().stream().mapToLong(List::size).sum();
        long distinct = answered(feed, "control").values().stream()
                .mapToLong(numbers -> numbers.stream().distinct().count())
                .sum();
        assertThat(distinct).isLessThan(expected);
    }

    @Test
    void a_segment_ended_by_the_wall_clock_and_committed_is_not_ended_again_after_a_kill() throws Exception {
        // Given: a record alone in its segment, for of more than one frame none is held back
        IDLE.topics();
        Map<String, CrashFeed> idle = IDLE.feeds(false);
        for (CrashFeed feed : idle.values()) {
            for (int round = 0; round < 5; round++) {
                feed.round();
            }
            feed.last();
        }
        Child child = IDLE.start("a", "idleMs=700").awaitReady();
        awaitCleaned(idle);
        for (String kind : kinds()) {
            assertThat(endedByWallClock(kind)).as(kind).hasSizeGreaterThanOrEqualTo(CrashFeed.SERIES);
        }

        // When
        child.kill();
        Child again = IDLE.start("a", "idleMs=700").awaitReady();
        for (CrashFeed feed : idle.values()) {
            for (int round = 0; round < 5; round++) {
                feed.round();
            }
            feed.flush();
        }
        awaitCleaned(idle);
        CrashRig.pause(1_000);
        again.kill();

        // Then
        for (String kind : kinds()) {
            assertThat(Committed.numbers(IDLE.read(kind, ".cleaned")))
                    .as(kind)
                    .isEqualTo(idle.get(IDLE.input(kind)).sent());
        }
        idle.values().forEach(CrashFeed::close);
    }

    private static List<ConsumerRecord<byte[], byte[]>> endedByWallClock(String kind) {
        return IDLE.read(kind, ".cleaned").stream()
                .filter(record -> new String(
                                record.headers().lastHeader("limpid-quality").value(), StandardCharsets.UTF_8)
                        .contains("wall-clock-end"))
                .toList();
    }

    private static void awaitCleaned(Map<String, CrashFeed> feeds) {
        for (String kind : kinds()) {
            long records = feeds.get(IDLE.input(kind)).records();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> IDLE.read(kind, ".cleaned").size() >= records);
        }
    }
}
