package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.limpid.onnx.TinyModel;
import dev.limpid.signal.WindowSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} while a model of 5 MB is published, admitted, put in force and rolled back, with two instances at work.
 * 8 times, 50 in the profile {@code swaps}. Prints what was hit.
 */
@Tag("soak")
@Tag("swaps")
@Timeout(1800)
class ModelKillTest {
    private static final WindowSpec WINDOW = new WindowSpec(1152, 288, 288);
    private static final int KILLS = Integer.getInteger("limpid.kills", 8);
    private static final Duration MOST = Duration.ofSeconds(120);

    /** What a kill is aimed at. */
    private enum Aim {
        PUBLISH,
        ADMISSION,
        SWAP,
        ROLLBACK
    }

    @TempDir
    Path folder;

    private final Random random = new Random(11);
    private final Map<String, LimpidChild> instances = new TreeMap<>();
    private final Map<Aim, Integer> hit = new EnumMap<>(Aim.class);
    private SwapRig rig;
    private int version;

    @Test
    void kills_at_any_moment_of_a_change_lose_nothing_and_leave_the_announced_model_in_force() throws Exception {
        try (SwapRig opened = new SwapRig("kills", folder, WINDOW)) {
            // Given
            rig = opened;
            rig.publish(file(0), "" + ++version);
            for (String name : List.of("a", "b")) {
                instances.put(name, rig.run(name));
            }
            awaitAnnounced();
            rig.publish(file(1), "" + ++version);
            awaitAnnounced();
            CrashRig.Feeder feeder = new CrashRig.Feeder(rig.app + ".raw", 8, 0);

            // When
            for (int kill = 0; kill < KILLS; kill++) {
                Aim aim = Aim.values()[kill % Aim.values().length];
                String victim = kill / Aim.values().length % 2 == 0 ? "a" : "b";
                boolean amid =
                        switch (aim) {
                            case PUBLISH -> killPublisher(kill);
                            case ADMISSION -> killInAdmission(victim, 2 + kill);
                            case SWAP -> killInSwap(victim, kill);
                            case ROLLBACK -> victim.equals("a") ? killRollback() : killInRollback(victim);
                        };
                hit.merge(aim, amid ? 1 : 0, Integer::sum);
                for (String name : instances.keySet()) {
                    if (!instances.get(name).alive()) {
                        instances.put(name, rig.run(name));
                    }
                }
                awaitAnnounced();
            }
            CrashFeed feed = feeder.finish();
            CrashRig.awaitConsumed(rig.app, rig.app + ".raw");

            // Then
            System.out.printf("%d kills, of them amid what they were aimed at: %s%n", KILLS, hit);
            List<ConsumerRecord<byte[], byte[]>> cleaned = Committed.read(CrashRig.bootstrap(), rig.app + ".cleaned");
            assertThat(feed.answered(Committed.numbers(cleaned))).isEqualTo(feed.expected());
            assertThat(hit.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(KILLS / 2);
            assertThat(rig.running()).isEqualTo(Map.of("a", rig.announced(), "b", rig.announced()));
        }
    }

    /** A file of 5 MB; each kind is one that no host knows before. */
    private Path file(int kind) throws IOException {
        return rig.write(
                "kind-" + kind,
                TinyModel.large(WINDOW.length()).scaledBy(1 + kind / 64f).bytes());
    }

    /** Waits until each instance runs what the pointer on the topic says. */
    private void awaitAnnounced() throws Exception {
        for (LimpidChild instance : instances.values()) {
            SwapRig.awaitReady(instance);
        }
        String wanted = ",version=\"" + rig.announced() + "\"}";
        long deadline = System.nanoTime() + MOST.toNanos();
        while (!allSay(wanted)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(
                        "wanted " + wanted + ", got " + rig.model().instances());
            }
            CrashRig.pause(50);
        }
    }

    private boolean allSay(String wanted) throws Exception {
        boolean all = true;
        for (LimpidChild instance : instances.values()) {
            all &= instance.get("/metrics").contains(wanted);
        }
        return all;
    }

    /** Kills {@code limpid model publish} when the first of its records are on the topic; whether nothing was announced. */
    private boolean killPublisher(int kill) throws Exception {
        String before = rig.announced();
        long end = written();
        LimpidChild publisher = rig.command(
                "publish", file(kill / 4 % 2).toString(), "--name", SwapRig.NAME, "--version", "" + ++version);
        await().atMost(MOST)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> written() > end || !publisher.alive());
        CrashRig.pause(kill % 8 == 0 ? 0 : random.nextInt(100));
        publisher.kill();
        return rig.announced().equals(before);
    }

    /** The end of the models topic, whether committed or not. */
    private long written() throws Exception {
        try (Admin admin = CrashRig.admin()) {
            return admin.listOffsets(Map.of(rig.topics.modelsPartition(), OffsetSpec.latest()))
                    .partitionResult(rig.topics.modelsPartition())
                    .get(10, TimeUnit.SECONDS)
                    .offset();
        }
    }

    /** Kills an instance that has a child process try a model; whether it was one, which must be gone then, too. */
    private boolean killInAdmission(String victim, int kind) throws Exception {
        LimpidChild instance = instances.get(victim);
        rig.publish(file(kind), "" + ++version);
        await().atMost(MOST)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> instance.handle().descendants().findAny().isPresent());
        CrashRig.pause(random.nextInt(500));
        List<ProcessHandle> tried = instance.kill();
        await("the end of processes that try models")
                .atMost(Duration.ofSeconds(10))
                .until(() -> tried.stream().noneMatch(ProcessHandle::isAlive));
        return !tried.isEmpty();
    }

    /** Kills an instance when it has fetched a model, when it has put it in force, or somewhere near. */
    private boolean killInSwap(String victim, int kill) throws Exception {
        LimpidChild instance = instances.get(victim);
        CompletableFuture<String> moment =
                instance.next(kill % 8 < 4 ? "was fetched in" : "tiny:" + (version + 1) + "@");
        rig.publish(file(kill / 4 % 2), "" + ++version);
        if (kill % 3 == 0) {
            CrashRig.pause(random.nextInt(300));
        } else {
            instance.await(moment, MOST);
        }
        instance.kill();
        return true;
    }

    /** Kills {@code limpid model rollback} when the pointer is written, or a little later; whether nothing came of it. */
    private boolean killRollback() throws Exception {
        String before = rig.announced();
        long end = written();
        LimpidChild command = rig.command("rollback", SwapRig.NAME);
        await().atMost(MOST)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> written() > end || !command.alive());
        boolean alive = command.alive();
        command.kill();
        return alive || rig.announced().equals(before);
    }

    /** Kills an instance that takes the model before back. */
    private boolean killInRollback(String victim) throws Exception {
        LimpidChild instance = instances.get(victim);
        CompletableFuture<String> moment = instance.next("was fetched in");
        assertThat(rig.desk().rollback(SwapRig.NAME, Optional.empty(), Optional.empty(), false))
                .isPresent();
        instance.await(moment, MOST);
        instance.kill();
        return true;
    }
}
