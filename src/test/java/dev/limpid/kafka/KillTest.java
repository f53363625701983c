package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Pipelines in child JVMs under {@code kill -9}, halts inside the commit flush, joins, leaves and SIGTERM. Those of a row are in the
 * same JVMs.
 */
@Timeout(value = 400, unit = TimeUnit.SECONDS)
class KillTest {
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
        Pipelines killed = new Pipelines("kill", "killed", kinds);
        Pipelines whole = new Pipelines("kill", "whole", kinds);
        killed.topics();
        whole.topics();
        Map<String, CrashFeed> feeds = killed.feeds(false);
        List<CrashRig.Feeder> feeders = CrashRig.Feeder.all(feeds.values(), roundsPerSecond, samples);
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
        for (CrashRig.Feeder feeder : feeders) {
            feeder.finish();
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
