package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.onnx.TinyModel;
import dev.limpid.signal.WindowSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code limpid model rollback} while two instances are at work: twice, 10 times in the profile {@code swaps}. Prints its figures. */
@Tag("soak")
@Tag("swaps")
@Timeout(600)
class ModelRollbackTest {
    private static final WindowSpec WINDOW = new WindowSpec(128, 32, 128);
    private static final Path EARLIER = Path.of("models", "bench.onnx").toAbsolutePath();
    private static final int TIMES = Integer.getInteger("limpid.rollbacks", 2);
    private static final long MOST_MS = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path folder;

    private Consumer<byte[], byte[]> cleaned;

    @Test
    void one_command_has_the_earlier_model_serve_again_and_its_answers_are_the_same_bytes() throws Exception {
        try (SwapRig rig = new SwapRig("back", folder, WINDOW)) {
            // Given
            rig.publish(EARLIER, "1");
            SwapRig.awaitReady(rig.run("a"));
            SwapRig.awaitReady(rig.run("b"));
            cleaned = rig.clients.reader(20);
            cleaned.assign(IntStream.range(0, CrashFeed.PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(rig.app + ".cleaned", partition))
                    .toList());
            CrashRig.Feeder feeder = new CrashRig.Feeder(rig.app + ".raw", 32, 0);
            awaitRecordsBy("1");
            rig.publish(rig.write("same", TinyModel.identity(1, WINDOW.length()).bytes()), "2");
            awaitRecordsBy("2");

            // When
            List<Long> afterMs = new ArrayList<>();
            List<Long> commandMs = new ArrayList<>();
            for (int i = 0; i < TIMES; i++) {
                rig.desk().promote(SwapRig.NAME, Optional.of("2"), Optional.empty(), false);
                awaitRecordsBy("2");
                long start = System.nanoTime();
                LimpidChild command = rig.command("rollback", SwapRig.NAME);
                CompletableFuture<Long> end = command.handle().onExit().thenApply(ended -> System.nanoTime());
                awaitRecordsBy("1");
                long seen = System.nanoTime();
                assertThat(command.awaitExit(60)).isZero();
                commandMs.add((end.get(1, TimeUnit.SECONDS) - start) / 1_000_000);
                afterMs.add((seen - end.get()) / 1_000_000);
            }
            CrashRig.pause(2_000);
            feeder.finish();
            cleaned.close();
            CrashRig.awaitConsumed(rig.app, rig.app + ".raw");
            LimpidChild alone = rig.alone("alone", EARLIER);
            SwapRig.awaitReady(alone);
            CrashRig.awaitConsumed("alone", rig.app + ".raw");

            // Then
            System.out.printf(
                    "limpid model rollback took %s ms; the earlier model's first record on both instances came %s ms"
                            + " after its end%n",
                    commandMs, afterMs);
            assertThat(afterMs).allSatisfy(ms -> assertThat(ms).isLessThanOrEqualTo(MOST_MS));
            assertThat(sameBytesBackAgain(rig.app + ".cleaned", "alone.cleaned"))
                    .isGreaterThan(1_000);
        }
    }

    /** Waits until each partition has a record by that version. */
    private void awaitRecordsBy(String version) {
        Set<Integer> partitions = new HashSet<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (partitions.size() < CrashFeed.PARTITIONS) {
            assertThat(System.nanoTime()).as("a record by " + version).isLessThan(deadline);
            for (ConsumerRecord<byte[], byte[]> record : cleaned.poll(Duration.ofMillis(20))) {
                if (text(record, "limpid-model").startsWith("tiny:" + version + "@")) {
                    partitions.add(record.partition());
                }
            }
        }
    }

    /** Records by the earlier model, once it is back, each of which must be the one that it makes where it is alone. */
    private static int sameBytesBackAgain(String topic, String alone) {
        Map<String, byte[]> wanted = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : Committed.read(CrashRig.bootstrap(), alone)) {
            wanted.put(CrashFeed.name(record.key()) + " " + text(record, "seq"), record.value());
        }
        Set<Integer> swapped = new HashSet<>();
        int back = 0;
        for (ConsumerRecord<byte[], byte[]> record : Committed.read(CrashRig.bootstrap(), topic)) {
            String model = text(record, "limpid-model");
            String which = CrashFeed.name(record.key()) + " " + text(record, "seq");
            if (model.startsWith("tiny:2@")) {
                swapped.add(record.partition());
            } else if (!model.endsWith("+") && swapped.contains(record.partition())) {
                assertThat(Arrays.equals(record.value(), wanted.get(which)))
                        .as(which + " by " + model)
                        .isTrue();
                back++;
            }
        }
        return back;
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
        Header last = record.headers().lastHeader(header);
        return last == null ? "none" : new String(last.value(), StandardCharsets.UTF_8);
    }
}
