package dev.limpid.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.limpid.demo.EmbeddedBroker;
import dev.limpid.kafka.ModelPublisher;
import dev.limpid.kafka.TrainerDesk;
import dev.limpid.model.Manifest;
import dev.limpid.model.TrainerStatus;
import dev.limpid.model.TrainerStatus.Outcome;
import dev.limpid.train.TrainingData;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TrainerLoopTest {
    private static final Duration AWAY = Duration.ofSeconds(2);

    private static EmbeddedBroker broker;

    @TempDir
    Path folder;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(Map.of("controlled.shutdown.enable", "true"));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void a_round_publishes_what_is_better_and_the_next_one_judges_only_by_what_that_has_not_seen() throws Exception {
        // Given
        TrainerRig rig = new TrainerRig(broker.bootstrapServers(), "better", folder);
        rig.flow(3_000);

        // When
        TrainerStatus first = rig.once(200);

        // Then
        assertThat(first.outcome()).as(first.reason()).isEqualTo(Outcome.PUBLISHED);
        assertThat(first.judged().orElseThrow().atLeast()).isGreaterThan(0.1);
        Manifest manifest = rig.standing().inForce().orElseThrow();
        assertThat(first.model()).isEqualTo(manifest.id().toString());
        assertThat(manifest.provenance())
                .containsEntry("data:better.raw-0", "offsets 0..240")
                .containsEntry("data:better.raw-1", "offsets 0..240");

        // When nothing has flowed since but what it was judged by, a candidate is judged by that again
        TrainerStatus again = rig.once(2);

        // Then one of two steps is refused
        assertThat(again.outcome()).as(again.reason()).isEqualTo(Outcome.NOT_BETTER);
        assertThat(again.inForce()).isEqualTo(first.model());
        assertThat(again.judged().orElseThrow().lowerBy()).isNegative();
        assertThat(rig.standing().inForce()).contains(manifest);
        assertThat(rig.versions()).hasSize(1);
        assertThat(rig.standing().last()).contains(again);
    }

    @Test
    void a_warm_round_begins_with_the_model_in_force_and_from_scratch_with_a_word_where_that_does_not_fit()
            throws Exception {
        // Given the identity in force, which has no weights
        TrainerRig rig = new TrainerRig(broker.bootstrapServers(), "warm", folder);
        rig.flow(3_000);
        RoundSpec usual = RoundSpec.DEFAULT;
        RoundSpec warm = new RoundSpec(
                usual.since(),
                usual.judgedShare(),
                new RoundSpec.Start(RoundSpec.From.WARM, OptionalInt.of(2)),
                usual.errorLowerBy(),
                usual.confidence(),
                usual.drift());
        TrainerPlan plan = rig.plan(200, Duration.ofHours(6), "once", warm, false);

        // When
        TrainerStatus scratch = new TrainerLoop(plan).once();

        // Then
        assertThat(scratch.outcome()).as(scratch.reason()).isEqualTo(Outcome.PUBLISHED);
        assertThat(scratch.reason())
                .contains("; started from scratch: tiny:1@")
                .contains(" has another network than train.network asks for: 'dense0.weight' has no weights there");

        // When two steps are done from there, on as much again
        rig.flow(3_000);
        TrainerStatus second = new TrainerLoop(plan).once();

        // Then it is about as good, where two steps from scratch are worse by more than a half
        assertThat(second.reason()).doesNotContain("scratch");
        assertThat(second.judged().orElseThrow().lowerBy()).isBetween(-0.1, 0.1);
    }

    @Test
    void too_little_to_train_on_is_told_and_nothing_is_published() throws Exception {
        // Given
        TrainerRig rig = new TrainerRig(broker.bootstrapServers(), "little", folder);
        rig.flow(100);

        // When
        TrainerStatus status = rig.once(2);

        // Then
        assertThat(status.outcome()).isEqualTo(Outcome.TOO_LITTLE);
        assertThat(status.reason()).contains("0 pieces of 181 samples in a row to train on");
        assertThat(rig.versions()).isEmpty();
    }

    @Test
    void whatever_goes_wrong_in_a_round_is_told_and_ends_no_more_than_the_round() throws Exception {
        // Given
        TrainerRig rig = new TrainerRig(broker.bootstrapServers(), "wrong", folder);
        TrainerPlan plan = rig.plan(2, Duration.ofHours(6), "once")
                .with(new SignalSubject(new TrainingData(List.of(), List.of()), spec -> {
                    throw new UnsupportedOperationException("no such tensor");
                }));

        // When
        TrainerStatus status = new TrainerLoop(plan).once();

        // Then
        assertThat(status.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(status.reason()).isEqualTo("no such tensor");
        assertThat(rig.standing().last()).contains(status);
    }

    @Test
    void what_was_announced_although_nobody_heard_so_stands_and_another_over_the_same_pointer_does_not()
            throws Exception {
        // Given a pointer that is changed to the offer behind what was seen
        TrainerRig rig = new TrainerRig(broker.bootstrapServers(), "unheard", folder);
        TrainerPlan plan = rig.plan(2, Duration.ofHours(6), "once");
        ModelPublisher.Offer own = ModelPublisher.Offer.checked(plan.bundled());
        Patient patient = new Patient(() -> {});
        try (TrainerDesk desk = TrainerDesk.of(rig.definition, "once")) {
            for (boolean shadow : List.of(false, true)) {
                TrainerDesk.Standing seen = desk.standing();
                ModelPublisher.Offer offer = new ModelPublisher.Offer(
                        plan.bundled(), "sine", "v" + shadow, shadow, Optional.empty(), own.provenance());
                ModelPublisher.Offer other = new ModelPublisher.Offer(
                        plan.bundled(), "sine", "other", shadow, Optional.empty(), own.provenance());
                assertThat(desk.publish(seen, offer, Optional.empty())).isPresent();

                // Then
                assertThat(patient.publish(desk, seen, offer, Optional.empty())).isTrue();
                assertThat(patient.publish(desk, seen, other, Optional.empty())).isFalse();
            }
        }
    }

    @Test
    void of_two_trainers_one_works_and_the_other_succeeds_it_and_knows_when_the_next_round_is_due() throws Exception {
        // Given
        TrainerRig rig = new TrainerRig(broker.bootstrapServers(), "two", folder);
        rig.flow(1_000);
        List<TrainerStatus> heard = new CopyOnWriteArrayList<>();
        List<Long> samples = new CopyOnWriteArrayList<>();
        TrainerLoop a = new TrainerLoop(rig.plan(5, Duration.ofSeconds(2), "a"), new TrainerListener() {
            @Override
            public void ended(TrainerStatus status, long read) {
                heard.add(status);
                samples.add(read);
            }
        });
        TrainerLoop b = new TrainerLoop(rig.plan(5, Duration.ofSeconds(2), "b"));
        Thread one = started(a);

        // When
        await().atMost(Duration.ofSeconds(40)).until(() -> rig.standing().last().isPresent());
        Thread other = started(b);
        String worker = rig.standing().last().orElseThrow().instance();
        long rounds = rig.standing().last().orElseThrow().startedMs();
        await().atMost(Duration.ofSeconds(40))
                .until(() -> rig.standing().last().orElseThrow().startedMs() > rounds);

        // Then the other is ready, and does not work
        assertThat(worker).isEqualTo("a");
        assertThat(heard.get(0).instance()).isEqualTo("a");
        assertThat(samples.get(0)).isEqualTo(10_000);
        await().atMost(Duration.ofSeconds(20)).until(() -> b.vitals().notReady().isEmpty());
        assertThat(List.of(a.vitals().elected(), b.vitals().elected())).containsExactly(true, false);
        assertThat(rig.standing().last().orElseThrow().instance()).isEqualTo("a");

        // When
        a.stop();
        one.join(20_000);
        TrainerStatus last = rig.standing().last().orElseThrow();
        await().atMost(Duration.ofSeconds(40))
                .until(() -> rig.standing().last().orElseThrow().instance().equals("b"));

        // Then
        assertThat(rig.standing().last().orElseThrow().startedMs()).isGreaterThanOrEqualTo(last.atMs() + 1_900);
        b.stop();
        other.join(20_000);
        assertThat(List.of(one.isAlive(), other.isAlive())).containsOnly(false);
    }

    @Test
    @Tag("soak")
    void data_that_leave_what_the_model_was_trained_on_call_for_a_round_on_what_flowed_since() throws Exception {
        // Given a model of the fleet's own in force, and the next round in an hour
        TrainerRig rig = new TrainerRig(broker.bootstrapServers(), "drift", folder);
        rig.flow(2_000);
        assertThat(rig.once(200).outcome()).isEqualTo(Outcome.PUBLISHED);
        RoundSpec rounds = new RoundSpec(
                Optional.empty(),
                0.2,
                RoundSpec.DEFAULT.start(),
                0.01,
                0.95,
                new RoundSpec.DriftSpec(Duration.ofSeconds(2), 0.2, 2));
        TrainerLoop loop = new TrainerLoop(rig.plan(200, Duration.ofHours(1), "drifting", rounds, true));
        Thread thread = started(loop);

        // When the level rises, and stays
        await().atMost(Duration.ofSeconds(90)).pollInSameThread().until(() -> {
            rig.flow(50, 10);
            TrainerStatus last = rig.standing().last().orElseThrow();
            return last.instance().equals("drifting") && last.outcome() == Outcome.PUBLISHED;
        });

        // Then what was before it is not in the model
        loop.stop();
        thread.join(20_000);
        assertThat(thread.isAlive()).isFalse();
        assertThat(rig.standing().inForce().orElseThrow().provenance().get("data:drift.raw-0"))
                .startsWith("offsets ")
                .doesNotStartWith("offsets 0..");
    }

    private static Thread started(TrainerLoop loop) {
        Thread thread = new Thread(loop::run, "trainer");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Test
    @Tag("soak")
    void a_broker_that_goes_and_comes_back_is_waited_for() throws Exception {
        try (EmbeddedBroker own = EmbeddedBroker.start(Map.of("controlled.shutdown.enable", "true"))) {
            // Given
            TrainerRig rig = new TrainerRig(own.bootstrapServers(), "loss", folder);
            rig.flow(2_000);
            TrainerLoop loop = new TrainerLoop(rig.plan(200, Duration.ofSeconds(1), "a"));
            Thread thread = started(loop);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> rig.standing().last().isPresent());
            Optional<String> before = rig.inForce();
            long told = rig.standing().last().orElseThrow().atMs();

            // When it goes at some moment of a round
            own.stop();
            await().pollDelay(AWAY).until(thread::isAlive);
            own.again();

            // Then rounds go on, and what was published stands
            await().atMost(Duration.ofSeconds(90))
                    .ignoreExceptions()
                    .until(() -> rig.standing().last().orElseThrow().atMs() > told + 2_000
                            && rig.standing().last().orElseThrow().outcome() != Outcome.FAILED);
            assertThat(before).isPresent();
            assertThat(rig.inForce()).isPresent();
            loop.stop();
            thread.join(20_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }
}
