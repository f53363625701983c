package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.limpid.onnx.TinyModel;
import dev.limpid.signal.WindowSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models are swapped in two instances while 20,000 samples a second come in: 50 times, 200 in the profile {@code swaps}. Prints its
 * figures. Latency is from when the sample was due that completes a record's last window to when the record is read, committed.
 */
@Tag("soak")
@Tag("swaps")
@Timeout(900)
class SwapUnderLoadTest {
    private static final WindowSpec WINDOW = new WindowSpec(32, 8, 32);
    private static final int SWAPS = Integer.getInteger("limpid.swaps", 50);
    private static final Duration WARM = Duration.ofSeconds(10);
    private static final Duration STEADY = Duration.ofSeconds(4);
    private static final int ROUND = 10;
    private static final Duration MOST = Duration.ofSeconds(120);

    @TempDir
    Path folder;

    @Test
    void swaps_under_load_lose_repeat_reorder_and_delay_nothing() throws Exception {
        try (SwapRig rig = new SwapRig("load", folder, WINDOW)) {
            // Given
            List<Path> kinds = List.of(
                    rig.write("half", TinyModel.halving(1, WINDOW.length()).bytes()),
                    rig.write("same", TinyModel.identity(1, WINDOW.length()).bytes()));
            rig.publish(kinds.get(1), "1");
            LimpidChild a = rig.run("a");
            LimpidChild b = rig.run("b");
            SwapRig.awaitReady(a);
            SwapRig.awaitReady(b);
            LoadFeed feed = new LoadFeed(rig.clients, rig.app + ".raw", WINDOW);
            LoadReader reader = new LoadReader(rig.clients, rig.app, feed, WINDOW.hop());
            await().atMost(MOST).until(() -> reader.reached(1));
            rig.publish(kinds.get(0), "2"); // both verdicts are known then
            await().atMost(MOST).until(() -> reader.reached(2));
            CrashRig.pause(WARM.toMillis());

            // When: each round is at rest for a while, then swaps
            List<Long> took = new ArrayList<>();
            List<long[]> steady = new ArrayList<>();
            List<long[]> swapping = new ArrayList<>();
            long changes = reader.changes();
            for (int version = 3; version < 3 + SWAPS; version++) {
                if (took.size() % ROUND == 0) {
                    steady.add(reader.measure());
                    CrashRig.pause(STEADY.toMillis());
                    swapping.add(reader.measure());
                }
                int wanted = version;
                long start = System.nanoTime();
                rig.publish(kinds.get(version % 2), "" + version);
                await().atMost(MOST)
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() ->
                                reader.reached(wanted) || !reader.problems().isEmpty());
                took.add((System.nanoTime() - start) / 1_000_000);
            }
            feed.finish();
            await().atMost(MOST)
                    .until(() -> reader.complete() || !reader.problems().isEmpty());

            // Then
            List<String> wrong = reader.finish();
            took.sort(null);
            System.out.printf(
                    "%d swaps of 2 instances under 20,000 samples/s: publish to first record everywhere %d ms (median), %d at"
                            + " most; latency ms swapping: %s; steady: %s%n",
                    SWAPS, took.get(SWAPS / 2), took.get(SWAPS - 1), quantiles(swapping), quantiles(steady));
            assertThat(wrong).isEmpty();
            assertThat(reader.changes() - changes).isEqualTo((long) SWAPS * CrashFeed.PARTITIONS);
            assertThat(typicalP99Ms(swapping)).isLessThanOrEqualTo(2 * typicalP99Ms(steady));
            assertThat(a.alive() && b.alive()).isTrue();
        }
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
