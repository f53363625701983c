package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pipeline in child JVMs under {@code kill -9}, halts inside the commit flush, joins, leaves and SIGTERM. */
@Timeout(value = 400, unit = TimeUnit.SECONDS)
class KillTest {
    private static final int LIVES = 22;
    private static final long SAMPLES = 1_000_000;

    @Test
    void twenty_kills_lose_repeat_and_reorder_nothing_and_leave_the_bytes_of_an_uninterrupted_run() throws Exception {
        // Given
        CrashRig.topics("kill.raw", "killed", "whole");
        Random random = new Random(7);
        CrashRig.Feeder feeder = new CrashRig.Feeder("kill.raw", 16, SAMPLES);
        int kills = 0;
        int inFlush = 0;
        Child second = null;

        // When
        for (int life = 0; life < LIVES; life++) {
            boolean halts = life % 3 == 1;
            Child child = CrashRig.child(
                    "killed",
                    "kill.raw",
                    "a",
                    "threads=2",
                    halts ? "haltInFlush=" + (2 + random.nextInt(9)) : "haltInFlush=0");
            if (life == 2 || life == 12) {
                second = CrashRig.child("killed", "kill.raw", "b", "leave=true").awaitReady();
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
        Child last = CrashRig.child("killed", "kill.raw", "a");
        CrashRig.awaitConsumed("killed", "kill.raw");
        last.kill();

        // Then
        assertThat(feed.samples()).isGreaterThanOrEqualTo(SAMPLES);
        assertThat(kills).isGreaterThanOrEqualTo(20);
        assertThat(inFlush).isGreaterThanOrEqualTo(5);
        List<ConsumerRecord<byte[], byte[]>> cleaned = Committed.read(CrashRig.bootstrap(), "killed.cleaned");
        assertThat(feed.answered(Committed.numbers(cleaned))).isEqualTo(feed.expected());

        Child whole = CrashRig.child("whole", "kill.raw", "a");
        CrashRig.awaitConsumed("whole", "kill.raw");
        whole.kill();
        for (String output : List.of(".cleaned", ".scores", ".alerts", ".dead")) {
            List<String> differences = Committed.differences(
                    Committed.read(CrashRig.bootstrap(), "killed" + output),
                    Committed.read(CrashRig.bootstrap(), "whole" + output));
            assertThat(differences).as(output).isEmpty();
        }
    }
}
