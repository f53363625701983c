package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.limpid.model.FakeTokens;
import dev.limpid.onnx.LargeModel;
import dev.limpid.onnx.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code kill -9} while a model of 5 MB is published, admitted, put in force and rolled back, with two instances at work.
 * 8 times for signals, 4 for frames and for tokens, 50 of each in the profile {@code swaps}. Prints what was hit.
 */
@Tag("soak")
@Tag("swaps")
@Timeout(1800)
class ModelKillTest {
    private static final int KILLS = Integer.getInteger("limpid.kills", 8);
    private static final int KILLS_OF_OTHERS = Integer.getInteger("limpid.kills.of-others", 4);
    private static final Duration MOST = Duration.ofSeconds(120);

    /** What a kill is aimed at. */
    private enum Aim {
        PUBLISH,
        ADMISSION,
        SWAP,
        ROLLBACK
    }

    /** What a {@link CrashFeed} is to a pipeline of that kind, and its models: windows of about 1150 values, so files of 5.3 MB. */
    private enum Large {
        SIGNAL(
                CrashFeed.Layout.NUMBERS,
                KILLS,
                0,
                """
                input: { topic: %s.raw, format: f32, channels: [v], sample-rate-hz: 100 }
                window: { length: 1152, hop: 288, lookahead: 288 }""",
                variant -> LargeModel.signal(1152).scaledBy(1 + variant / 64f)),
        FRAME(
                CrashFeed.Layout.NUMBERS,
                KILLS_OF_OTHERS,
                0,
                """
                kind: frame
                input: { topic: %s.raw, format: f32, channels: [v], height: 5, width: 10 }
                window: { frames: 23 }""",
                variant -> LargeModel.frames(5, 10, 23).scaledBy(1 + variant / 64f)),
        TOKENS(
                CrashFeed.Layout.WORDS,
                KILLS_OF_OTHERS,
                4,
                """
                kind: tokens
                input: { topic: %s.raw, format: text }
                window: { length: 1152, hop: 288 }""",
                variant -> LargeModel.tokens((1 + variant) / 64f, 1152, FakeTokens.vocabulary(CrashFeed.KNOWN)));

        final CrashFeed.Layout layout;
        final int kills;
        /** The number of the first kill, on which victim and moment depend. */
        final int first;
        /** What a definition says of the kind, {@code %s} for the pipeline's name. */
        final String definition;

        final IntFunction<TinyModel> model;

        Large(CrashFeed.Layout layout, int kills, int first, String definition, IntFunction<TinyModel> model) {
            this.layout = layout;
            this.kills = kills;
            this.first = first;
            this.definition = definition;
            this.model = model;
        }
    }

    @TempDir
    Path folder;

    private final Random random = new Random(11);
    private final Map<String, LimpidChild> instances = new TreeMap<>();
    private final Map<Aim, Integer> hit = new EnumMap<>(Aim.class);
    private Large large;
    private SwapRig rig;
    private int version;

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void kills_at_any_moment_of_a_change_lose_nothing_and_leave_the_announced_model_in_force(Large kind)
            throws Exception {
        String app = "kills-" + kind.name().toLowerCase(Locale.ROOT);
        try (SwapRig opened = new SwapRig(app, folder, kind.definition)) {
            // Given
            large = kind;
            rig = opened;
            rig.publish(file(0), "" + ++version);
            for (String name : List.of("a", "b")) {
                instances.put(name, rig.run(name));
            }
            awaitAnnounced();
            rig.publish(file(1), "" + ++version);
            awaitAnnounced();
            CrashRig.Feeder feeder =
                    new CrashRig.Feeder(new CrashFeed(CrashRig.bootstrap(), app + ".raw", false, kind.layout), 8, 0);

            // When
            for (int kill = kind.first; kill < kind.first + kind.kills; kill++) {
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
            System.out.printf("%s: %d kills, of them amid what they were aimed at: %s%n", kind, kind.kills, hit);
            List<ConsumerRecord<byte[], byte[]>> cleaned = Committed.read(CrashRig.bootstrap(), rig.app + ".cleaned");
            assertThat(feed.answered(Committed.numbers(cleaned))).isEqualTo(feed.expected());
            assertThat(hit.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThan(kind.kills / 2);
            assertThat(rig.running()).isEqualTo(Map.of("a", rig.announced(), "b", rig.announced()));
        }
    }

    /** Each variant is one that no host knows before. */
    private Path file(int variant) throws IOException {
        return rig.write("variant-" + variant, large.model.apply(variant).bytes());
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
    private boolean killInAdmission(String victim, int variant) throws Exception {
        LimpidChild instance = instances.get(victim);
        rig.publish(file(variant), "" + ++version);
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
