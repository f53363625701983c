package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.limpid.demo.EmbeddedBroker;
import dev.limpid.model.TrainerStatus;
import dev.limpid.service.TrainerRig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code limpid trainer} in processes of its own, killed at moments that hurt. */
@Tag("soak")
@Timeout(300)
class TrainerKillTest {
    private static final Duration MOST = Duration.ofSeconds(120);

    private static EmbeddedBroker broker;

    @TempDir
    Path folder;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    private LimpidChild trainer(TrainerRig rig, String every, int steps) {
        return LimpidChild.start(
                folder.resolve("cache"),
                List.of("-XX:+UseSerialGC", "-Xmx512m", "-Djava.io.tmpdir=" + folder),
                "trainer",
                rig.file().toString(),
                "--publish",
                "--instance",
                "a",
                "--every",
                every,
                "--steps",
                Integer.toString(steps));
    }

    /** What stands is whole, whatever was killed. */
    private static void assertWhole(TrainerRig rig) {
        assertThat(rig.versions())
                .allSatisfy(version -> assertThat(version.problem()).isEmpty());
        rig.inForce().ifPresent(version -> assertThat(rig.versions())
                .extracting(ModelDesk.Version::version)
                .contains(version));
    }

    @Test
    void a_trainer_killed_in_the_middle_of_a_round_leaves_nothing_and_the_next_one_does_it_again() throws Exception {
        // Given
        TrainerRig rig = new TrainerRig(broker.bootstrapServers(), "midround", folder);
        rig.flow(3_000);
        LimpidChild first = trainer(rig, "1h", 1_000_000);
        first.awaitSaid("step 500 of", MOST);

        // When
        first.kill();

        // Then
        assertThat(rig.versions()).isEmpty();
        assertThat(rig.standing().last()).isEmpty();

        // When
        LimpidChild second = trainer(rig, "1h", 300);
        second.awaitSaid("round ends: published", MOST);
        second.awaitSaid("next round at", MOST);
        second.terminate();

        // Then
        assertThat(rig.versions()).hasSize(1);
        assertWhole(rig);
        TrainerStatus told = rig.standing().last().orElseThrow();
        assertThat(told.outcome()).isEqualTo(TrainerStatus.Outcome.PUBLISHED);
        assertThat(told.model()).startsWith("sine:" + rig.inForce().orElseThrow());

        // When started again within the hour
        LimpidChild third = trainer(rig, "1h", 300);
        third.awaitSaid("elected; next round at", MOST);
        third.terminate();

        // Then it has done nothing
        assertThat(rig.versions()).hasSize(1);
        assertThat(rig.standing().last()).contains(told);
    }

    @Test
    void a_trainer_killed_about_when_it_publishes_leaves_a_whole_model_or_none() throws Exception {
        // Given
        TrainerRig rig = new TrainerRig(broker.bootstrapServers(), "midpublish", folder);
        rig.flow(3_000);
        SplittableRandom random = new SplittableRandom(7);

        for (int attempt = 0; attempt < 5; attempt++) {
            // When killed within two seconds after the judging began, which publishing follows
            LimpidChild trainer = trainer(rig, "100ms", 200);
            trainer.awaitSaid("judging by", MOST);
            TimeUnit.MILLISECONDS.sleep(random.nextInt(2_000));
            trainer.kill();

            // Then
            assertWhole(rig);
            rig.flow(1_000); // there must be something that the model in force has not seen
        }

        // When one is left alone
        long told = rig.standing().last().map(TrainerStatus::atMs).orElse(0L);
        LimpidChild last = trainer(rig, "100ms", 200);

        // Then its rounds end, whatever the others left
        await().atMost(MOST)
                .until(() -> rig.standing().last().map(TrainerStatus::atMs).orElse(0L) > told);
        last.terminate();
        assertWhole(rig);
    }
}
