package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pipelines in child JVMs under {@code kill -9}, halts inside the commit flush, joins, leaves and SIGTERM. Those of a row are in the
 * same JVMs.
 */
@Timeout(value = 400, unit = TimeUnit.SECONDS)
class KillTest {
    /** Pipelines of several kinds, which run together. */
    private record Pipelines(String prefix, String kinds) {
        List<String> each() {
            return List.of(kinds.split(","));
        }

        /** The same for all pipelines of the same layout. */
        String input(String kind) {
            return each().stream()
                    .filter(other -> layout(other) == layout(kind))
                    .map(first -> "kill-" + first.replace(' ', '-') + ".raw")
                    .findFirst()
                    .orElseThrow();
        }

        static CrashFeed.Layout layout(String kind) {
            return kind.startsWith("tokens") ? CrashFeed.Layout.WORDS : CrashFeed.Layout.NUMBERS;
        }

        String app(String kind) {
            return prefix + "-" + kind.replace(' ', '-');
        }

        Child start(String instance, String... more) {
            List<List<String>> all = new ArrayList<>();
            for (String kind : each()) {
                List<String> options = CrashRig.pipeline(app(kind), input(kind), instance, more);
                options.add("kind=" + kind);
                all.add(options);
            }
            return Child.start(all);
        }

        void awaitConsumed() {
            each().forEach(kind -> CrashRig.awaitConsumed(app(kind), input(kind)));
        }

        List<ConsumerRecord<byte[], byte[]>> read(String kind, String output) {
            return Committed.read(CrashRig.bootstrap(), app(kind) + output);
        }
    }

    @ParameterizedTest(name = "{0}, {1} lives")
    @CsvSource({
        "signal, 22, 16, 1000000, 20, 5",
        "'frame,tokens gap', 8, 16, 300000, 7, 1",
        "'tokens record,tokens marker end,tokens length 120', 6, 4, 80000, 6, 1"
    })
    void kills_lose_repeat_and_reorder_nothing_and_leave_the_bytes_of_an_uninterrupted_run(
            String kinds, int lives, int roundsPerSecond, long samples, int leastKills, int leastInFlush)
            throws Exception {
        // Given
        Pipelines killed = new Pipelines("killed", kinds);
        Pipelines whole = new Pipelines("whole", kinds);
        Map<String, CrashRig.Feeder> feeders = new TreeMap<>();
        for (String kind : killed.each()) {
            String raw = killed.input(kind);
            CrashRig.topics(raw, killed.app(kind), whole.app(kind));
            CrashFeed.Layout layout = Pipelines.layout(kind);
            feeders.computeIfAbsent(
                    raw,
                    input -> new CrashRig.Feeder(
                            new CrashFeed(CrashRig.bootstrap(), input, false, layout), roundsPerSecond, samples));
        }
        Random random = new Random(7);
        int kills = 0;
        int inFlush = 0;
        Child second = null;

        // When
        for (int life = 0; life < lives; life++) {
            boolean halts = life % 3 == 1;
            Child child = killed.start("a", "threads=2", "haltInFlush=" + (halts ? 2 + random.nextInt(9) : 0));
            if (life == 2 || life == 12) {
                second = killed.start("b", "leave=true").awaitReady();
            }
            if (halts) {
                inFlush += child.awaitEnd(60) ? 1 : 0;
                child.kill();
                kills++;
            } else {
                child.awaitReady();
                CrashRig.pause(100 + random.nextInt(700));
                if (life == 8 || life == 17) {
                    child.terminate();
                } else {
                    child.kill();
                    kills++;
                }
            }
            if (second != null && (life == 5 || life == 15)) {
                second.terminate();
                second = null;
            }
        }
        Map<String, CrashFeed> feeds = new TreeMap<>();
        for (Map.Entry<String, CrashRig.Feeder> each : feeders.entrySet()) {
            feeds.put(each.getKey(), each.getValue().finish());
        }
        Child last = killed.start("a");
        killed.awaitConsumed();
        last.kill();

        // Then
        assertThat(kills).isGreaterThanOrEqualTo(leastKills);
        assertThat(inFlush).isGreaterThanOrEqualTo(leastInFlush);
        for (String kind : killed.each()) {
            CrashFeed feed = feeds.get(killed.input(kind));
            assertThat(feed.samples()).isGreaterThanOrEqualTo(samples);
            assertThat(feed.answered(Committed.numbers(killed.read(kind, ".cleaned"))))
                    .as(kind)
                    .isEqualTo(feed.expected());
        }

        Child uninterrupted = whole.start("a");
        whole.awaitConsumed();
        uninterrupted.kill();
        for (String kind : killed.each()) {
            for (String output : List.of(".cleaned", ".scores", ".alerts", ".dead")) {
                assertThat(Committed.differences(killed.read(kind, output), whole.read(kind, output)))
                        .as(kind + output)
                        .isEmpty();
            }
        }
    }
}
