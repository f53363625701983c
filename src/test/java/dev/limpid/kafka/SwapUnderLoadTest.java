package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Models are swapped in two instances while 20,000 samples a second come in: 50 times, 200 in the profile {@code swaps}; a fifth as
 * often while 5,000 frames or 20,000 tokens do. Prints its figures. Latency is from when the sample was due that completes a record's
 * last window to when the record is read, committed.
 */
@Tag("soak")
@Tag("swaps")
@Timeout(900)
class SwapUnderLoadTest {
    private static final int SWAPS = Integer.getInteger("limpid.swaps", 50);
    private static final int SWAPS_OF_OTHERS = Math.max(2, SWAPS / 5);
    private static final Duration WARM = Duration.ofSeconds(10);
    private static final Duration STEADY = Duration.ofSeconds(4);
    private static final int ROUND = 10;
    private static final Duration MOST = Duration.ofSeconds(120);

    @TempDir
    Path folder;

    private final List<Long> took = new ArrayList<>();
    private SwapRig rig;
    private LimpidChild a;
    private LimpidChild b;
    private LoadFeed feed;
    private LoadReader reader;
    private int version;

    /** Two instances run under load, and both verdicts are known. */
    private void start(Load load) throws Exception {
        rig = new SwapRig("load-" + load.name().toLowerCase(Locale.ROOT), folder, load.definition());
        swapTo(load, 1);
        a = rig.run("a");
        b = rig.run("b");
        SwapRig.awaitReady(a);
        SwapRig.awaitReady(b);
        feed = new LoadFeed(rig.clients, rig.app + ".raw", load);
        reader = new LoadReader(rig.clients, rig.app, feed);
        await().atMost(MOST).until(() -> reader.reached(1));
        swapTo(load, 2);
        await().atMost(MOST).until(() -> reader.reached(2));
    }

    private void swapTo(Load load, int next) throws IOException {
        version = next;
        boolean changing = version % 2 == 0;
        rig.publish(rig.write("model-" + changing, load.model(changing).bytes()), "" + version);
    }

    /** Has the next model take over, and waits for a record by it in every partition. */
    private void swap() throws IOException {
        long start = System.nanoTime();
        swapTo(feed.load, version + 1);
        await().atMost(MOST)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> reader.reached(version) || !reader.problems().isEmpty());
        took.add((System.nanoTime() - start) / 1_000_000);
    }

    /** What came that must not have come, or did not come. */
    private List<String> finish() throws InterruptedException {
        feed.finish();
        await().atMost(MOST).until(() -> reader.complete() || !reader.problems().isEmpty());
        took.sort(null);
        return reader.finish();
    }

    private void assertNothingWrong(List<String> wrong, long changes) {
        assertThat(wrong).isEmpty();
        assertThat(reader.changes() - changes).isEqualTo((long) took.size() * CrashFeed.PARTITIONS);
        assertThat(a.alive() && b.alive()).isTrue();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void swaps_under_load_lose_repeat_reorder_and_delay_nothing() throws Exception {
        // Given
        start(Load.SIGNAL);
        CrashRig.pause(WARM.toMillis());

        // When: each round is at rest for a while, then swaps
        List<long[]> steady = new ArrayList<>();
        List<long[]> swapping = new ArrayList<>();
        long changes = reader.changes();
        for (int swaps = 0; swaps < SWAPS; swaps++) {
            if (swaps % ROUND == 0) {
                steady.add(reader.measure());
                CrashRig.pause(STEADY.toMillis());
                swapping.add(reader.measure());
            }
            swap();
        }

        // Then
        List<String> wrong = finish();
        System.out.printf(
                "%d swaps of 2 instances under 20,000 samples/s: publish to first record everywhere %d ms (median), %d at"
                        + " most; latency ms swapping: %s; steady: %s%n",
                SWAPS, took.get(SWAPS / 2), took.get(SWAPS - 1), quantiles(swapping), quantiles(steady));
        assertNothingWrong(wrong, changes);
        assertThat(typicalP99Ms(swapping)).isLessThanOrEqualTo(2 * typicalP99Ms(steady));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(names = {"FRAME", "TOKENS"})
    void swaps_of_the_other_kinds_lose_repeat_and_reorder_nothing(Load load) throws Exception {
        // Given
        start(load);

        // When
        long changes = reader.changes();
        for (int swaps = 0; swaps < SWAPS_OF_OTHERS; swaps++) {
            swap();
        }

        // Then
        List<String> wrong = finish();
        System.out.printf(
                "%d swaps of 2 instances under load of kind %s: publish to first record everywhere %d ms (median), %d at"
                        + " most%n",
                took.size(), load, took.get(took.size() / 2), took.get(took.size() - 1));
        assertNothingWrong(wrong, changes);
    }

    /** The median over the rounds: whatever else stops the machine for a moment spoils one of them. */
    private static int typicalP99Ms(List<long[]> rounds) {
        return rounds.stream()
                .map(round -> LoadReader.quantileMs(round, 0.99))
                .sorted()
                .toList()
                .get(rounds.size() / 2);
    }

    private static String quantiles(List<long[]> rounds) {
        long[] all = LoadReader.sum(rounds);
        return "p99 of a round %d (median), of all p50/p99/max %d/%d/%d"
                .formatted(
                        typicalP99Ms(rounds),
                        LoadReader.quantileMs(all, 0.5),
                        LoadReader.quantileMs(all, 0.99),
                        LoadReader.quantileMs(all, 1));
    }
}
