package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pipeline in child JVMs under {@code kill -9}, halts inside the commit flush, joins, leaves and SIGTERM. */
@Timeout(value = 400, unit = TimeUnit.SECONDS)
class KillTest {
    @ParameterizedTest(name = "{0}, {1} lives")
    @CsvSource({"signal, 22, 1000000, 20, 5", "frame, 8, 300000, 7, 1", "tokens, 8, 300000, 7, 1"})
    void kills_lose_repeat_and_reorder_nothing_and_leave_the_bytes_of_an_uninterrupted_run(
            String kind, int lives, long samples, int leastKills, int leastInFlush) throws Exception {
        // Given
        String raw = "kill-" + kind + ".raw";
        String killed = "killed-" + kind;
        String whole = "whole-" + kind;
        String of = "kind=" + kind;
        CrashRig.topics(raw, killed, whole);
        Random random = new Random(7);
        CrashFeed.Layout layout = kind.equals("tokens") ? CrashFeed.Layout.WORDS : CrashFeed.Layout.NUMBERS;
        CrashRig.Feeder feeder =
                new CrashRig.Feeder(new CrashFeed(CrashRig.bootstrap(), raw, false, layout), 16, samples);
        int kills = 0;
        int inFlush = 0;
        Child second = null;

        // When
        for (int life = 0; life < lives; life++) {
            boolean halts = life % 3 == 1;
            Child child = CrashRig.child(
                    killed,
                    raw,
                    "a",
                    of,
                    "threads=2",
                    halts ? "haltInFlush=" + (2 + random.nextInt(9)) : "haltInFlush=0");
            if (life == 2 || life == 12) {
                second = CrashRig.child(killed, raw, "b", of, "leave=true").awaitReady();
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
        CrashFeed feed = feeder.finish();
        Child last = CrashRig.child(killed, raw, "a", of);
        CrashRig.awaitConsumed(killed, raw);
        last.kill();

        // Then
        assertThat(feed.samples()).isGreaterThanOrEqualTo(samples);
        assertThat(kills).isGreaterThanOrEqualTo(leastKills);
        assertThat(inFlush).isGreaterThanOrEqualTo(leastInFlush);
        List<ConsumerRecord<byte[], byte[]>> cleaned = Committed.read(CrashRig.bootstrap(), killed + ".cleaned");
        assertThat(feed.answered(Committed.numbers(cleaned))).isEqualTo(feed.expected());

        Child uninterrupted = CrashRig.child(whole, raw, "a", of);
        CrashRig.awaitConsumed(whole, raw);
        uninterrupted.kill();
        for (String output : List.of(".cleaned", ".scores", ".alerts", ".dead")) {
            List<String> differences = Committed.differences(
                    Committed.read(CrashRig.bootstrap(), killed + output),
                    Committed.read(CrashRig.bootstrap(), whole + output));
            assertThat(differences).as(output).isEmpty();
        }
    }
}
