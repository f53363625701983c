package dev.limpid.kafka;

import static dev.limpid.kafka.TestTopology.f32;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.limpid.definition.Definition;
import dev.limpid.definition.Definition.Format;
import dev.limpid.definition.Definition.SeriesBy;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.TrialSpec;
import dev.limpid.pipeline.Granularity;
import dev.limpid.pipeline.PipelineSpec;
import dev.limpid.pipeline.WindowTap;
import dev.limpid.score.AlertSpec;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Floats;
import dev.limpid.signal.SeriesKey;
import dev.limpid.signal.WindowSpec;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ShadowTest {
    private static final Definition DEFINITION = Definitions.of(Format.F32, Granularity.RECORD, SeriesBy.KEY, "lead");
    private static final SeriesKey A = SeriesKey.of("a");
    private static final float[] ONES = {1, 1, 1, 1, 1, 1, 1, 1};

    private final ModelTrials trials = new ModelTrials("p", TrialSpec.DEFAULT, new HalvingDenoiser(8, 1));
    private final Shadow shadow = shadow(1);

    private Shadow shadow(double share) {
        return new Shadow(
                DEFINITION.spec(),
                new ShadowSpec(share, Optional.empty(), Optional.empty(), Duration.ofSeconds(1)),
                trials);
    }

    @AfterEach
    void close() {
        shadow.close();
        trials.slot().close();
    }

    private void ran(ModelSpec inForce, int number) {
        float[] x = {1, 2, 3, 4, 5, 6, 7, 8};
        float[] clean = {1, 2, 3, 4, 5, 6, 7, 7};
        WindowScore score = new WindowScore(number, number + 1, 1f, Floats.of(1f), 1f, inForce.id(), "");
        shadow.ran(A, inForce, score, x, ONES, clean);
    }

    private ShadowRun.Found awaitFound(long windows) {
        return await().until(
                        () -> shadow.found().orElseThrow(),
                        found -> found.compared().windows()
                                        + found.compared().shadow().failed()
                                >= windows);
    }

    @Test
    void a_shadow_that_never_comes_back_holds_nobody_up_and_what_waits_for_it_has_a_bound() throws Exception {
        // Given
        CountDownLatch never = new CountDownLatch(1);
        ScalingDenoiser stuck = new ScalingDenoiser("2", 1).waitingFor(never);
        shadow.begin(stuck);
        ran(trials.slot().spec(), 0);
        stuck.entered.await();

        // When: this thread goes on, though the shadow's cannot
        for (int i = 1; i < 50_000; i++) {
            assertThat(shadow.wants(A)).isTrue();
            ran(trials.slot().spec(), i);
        }

        // Then
        assertThat(shadow.dropped()).isEqualTo(50_000 - 4_096);
        assertThat(shadow.found().orElseThrow().compared().dropped()).isEqualTo(shadow.dropped());

        // When it does not even end
        ScalingDenoiser next = new ScalingDenoiser("3", 1);
        shadow.begin(next);
        ran(trials.slot().spec(), 0);
        assertThat(next.entered.getCount()).isOne();
        never.countDown();

        // Then it is closed, once, before the next one begins
        next.entered.await();
        assertThat(stuck.closed).hasValue(1);
        awaitFound(1);
        shadow.close();
        assertThat(next.closed).hasValue(1);
        assertThat(shadow.wants(A)).isFalse();
    }

    @Test
    void nothing_is_kept_of_a_shadow_that_ended() {
        // Given
        WeakReference<ScalingDenoiser> ended = new WeakReference<>(begun());
        await().until(() -> shadow.found().isPresent());

        // When
        shadow.end();

        // Then
        await().until(() -> {
            System.gc();
            return ended.get() == null;
        });
    }

    private ScalingDenoiser begun() {
        ScalingDenoiser next = new ScalingDenoiser("2", 1);
        shadow.begin(next);
        return next;
    }

    @Test
    void what_waits_has_a_bound_in_bytes_too() throws Exception {
        // Given: windows of 768 KiB
        int length = 1 << 16;
        PipelineSpec large = new PipelineSpec(
                List.of("v"),
                0,
                new WindowSpec(length, length, length),
                1_000,
                1_000,
                100_000,
                Granularity.RECORD,
                4,
                AlertSpec.DEFAULT);
        ModelTrials other = new ModelTrials("p", TrialSpec.DEFAULT, new HalvingDenoiser(length, 1));
        CountDownLatch never = new CountDownLatch(1);
        try (Shadow wide = new Shadow(large, shadow.spec(), other)) {
            ScalingDenoiser stuck = new ScalingDenoiser("2", 1, length).waitingFor(never);
            wide.begin(stuck);
            ModelSpec inForce = other.slot().spec();
            WindowScore score = new WindowScore(0, 1, 1f, Floats.of(1f), 1f, inForce.id(), "");
            float[] x = new float[length];

            // When
            for (int i = 0; i < 50; i++) {
                wide.ran(A, inForce, score, x, x, x);
            }

            // Then: 16 MiB of them
            assertThat(wide.dropped()).isEqualTo(50 - 21);
            never.countDown();
        }
    }

    @Test
    void a_shadow_that_throws_is_noted_and_goes_on() {
        // Given
        shadow.begin(new ScalingDenoiser("2", 1).failingWith(new IllegalStateException("broken")));

        // When
        for (int i = 0; i < 40; i++) {
            ran(trials.slot().spec(), i);
        }

        // Then
        ShadowRun.Found found = awaitFound(40);
        assertThat(found.compared().shadow().failed()).isEqualTo(40);
        assertThat(found.compared().inForce().failed()).isZero();
        assertThat(found.trouble()).isEmpty();
        assertThat(shadow.failed()).isEqualTo(40);
    }

    @Test
    void a_shadow_that_gives_no_finite_values_is_noted() {
        // When
        shadow.begin(new ScalingDenoiser("2", Float.NaN));
        ran(trials.slot().spec(), 0);

        // Then
        assertThat(awaitFound(1).compared().shadow().failed()).isEqualTo(1);
    }

    @Test
    void when_another_model_comes_into_force_the_comparison_begins_anew() {
        // Given
        shadow.begin(new ScalingDenoiser("9", 1));
        ran(trials.slot().spec(), 0);
        ran(trials.slot().spec(), 1);
        assertThat(awaitFound(2).inForce().version()).isEqualTo("1");

        // When
        ModelSpec newer = new HalvingDenoiser("2", 8, 1).spec();
        ran(newer, 2);

        // Then
        ShadowRun.Found found = await().until(
                        () -> shadow.found().orElseThrow(),
                        each -> each.inForce().version().equals("2"));
        assertThat(found.compared().windows()).isEqualTo(1);
        assertThat(found.compared().shadow().error()).isZero();
        assertThat(found.compared().inForce().error()).isCloseTo(Math.sqrt(1 / 8.0), within(1e-6));
        assertThat(shadow.compared()).isEqualTo(3);
    }

    /** Everything a topology gives out for a random input: two series, some samples missing, some that the model fails on. */
    private static List<String> outputs(TestTopology topology, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 600; i++) {
            float value = random.nextInt(50) == 0 ? Float.NaN : (float) random.nextGaussian();
            value = random.nextInt(100) == 0 ? 2 * HalvingDenoiser.POISON : value;
            topology.send("s" + i % 2, f32(value), 1_000 + 5 * i);
        }
        List<String> outputs = new ArrayList<>();
        for (String topic : List.of("cleaned", "scores", "alerts", "dead")) {
            for (TestRecord<byte[], byte[]> record : topology.read(topic)) {
                outputs.add(topic
                        + new String(record.key())
                        + record.timestamp()
                        + record.headers()
                        + Arrays.toString(record.value()));
            }
        }
        return outputs;
    }

    @Test
    void outputs_are_byte_equal_with_and_without_a_shadow_of_any_kind() throws Exception {
        List<String> alone;
        try (TestTopology topology = new TestTopology(DEFINITION, trials.slot(), WindowTap.NONE)) {
            alone = outputs(topology, 1);
        }
        assertThat(alone).hasSizeGreaterThan(700);
        CountDownLatch never = new CountDownLatch(1);
        for (ScalingDenoiser each : List.of(
                new ScalingDenoiser("2", 0.9f),
                new ScalingDenoiser("3", Float.NaN),
                new ScalingDenoiser("4", 1).failingWith(new IllegalStateException("broken")),
                new ScalingDenoiser("5", 1).waitingFor(never))) {
            // When
            shadow.begin(each);
            List<String> beside;
            try (TestTopology topology = new TestTopology(DEFINITION, trials.slot(), shadow)) {
                beside = outputs(topology, 1);
            }

            // Then
            assertThat(beside.equals(alone)).as(each.spec().id().toString()).isTrue();
            each.entered.await();
        }
        never.countDown();
        assertThat(trials.slot().spec().id().version()).isEqualTo("1");
    }

    @Test
    void series_outside_of_the_share_are_not_looked_at_and_without_a_shadow_none_is() {
        try (Shadow half = shadow(0.5)) {
            assertThat(half.wants(SeriesKey.of("s0"))).isFalse();
            half.begin(new ScalingDenoiser("2", 1));
            long held = IntStream.range(0, 1_000)
                    .filter(i -> half.wants(SeriesKey.of("s" + i)))
                    .count();
            assertThat(held).isBetween(420L, 580L);
        }
    }

    @Test
    void a_window_is_given_to_the_shadow_as_it_takes_it_and_both_are_timed() throws Exception {
        // Given
        shadow.begin(new ScalingDenoiser("2", 0.9f));

        // When
        try (TestTopology topology = new TestTopology(DEFINITION, trials.slot(), shadow)) {
            for (int i = 0; i < 100; i++) {
                topology.send("a", f32(i % 5 == 0 ? Float.NaN : 1 + i % 3), 1_000 + 10 * i);
            }
        }

        // Then: the model in force keeps half, the shadow nine tenths
        ShadowRun.Found found = awaitFound(20);
        assertThat(found.compared().inForce().error()
                        / found.compared().shadow().error())
                .isCloseTo(5, within(0.1));
        assertThat(found.compared().inForce().nanosPerWindow()).isPositive();
        assertThat(found.compared().shadow().nanosPerWindow()).isPositive();
    }
}
