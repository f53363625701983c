package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.FakeTokens;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.TrialSpec;
import dev.limpid.model.WindowBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ModelTrialsTest {
    private static final TrialSpec SPEC = new TrialSpec(0.01, 0.5, 1_000_000, TimeUnit.MINUTES.toNanos(10));
    private final List<String> told = new ArrayList<>();
    private final WindowBatch batch = new WindowBatch(16, 1, 8);
    private final Reconstruction out = new Reconstruction(16, 1, 8);

    /** Gives a value, or fails, and takes its time. */
    private record Faulty(ModelSpec spec, float value, boolean fails, long nanos, List<String> closed)
            implements Denoiser {
        static Faulty of(String version, float value, boolean fails, long nanos, List<String> closed) {
            return new Faulty(new HalvingDenoiser(version, 8, 1).spec(), value, fails, nanos, closed);
        }

        @Override
        public void denoise(WindowBatch batch, int from, int to, Reconstruction out) throws DenoiserException {
            for (long end = System.nanoTime() + nanos * (to - from); System.nanoTime() < end; ) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
            if (fails) {
                throw new DenoiserException("no");
            }
            for (int i = from * 8; i < to * 8; i++) {
                out.clean().put(i, value);
            }
        }

        @Override
        public void close() {
            closed.add(spec.id().version());
        }
    }

    /** Runs all sixteen windows, however few are asked for. */
    private record FilledUp(Faulty inner) implements Denoiser {
        @Override
        public ModelSpec spec() {
            return inner.spec();
        }

        @Override
        public void denoise(WindowBatch batch, int from, int to, Reconstruction out) throws DenoiserException {
            inner.denoise(batch, 0, 16, out);
        }

        @Override
        public boolean joins() {
            return true;
        }

        @Override
        public void close() {
            inner.close();
        }
    }

    private final List<String> closed = new ArrayList<>();

    private ModelTrials trials(TrialSpec spec) {
        ModelTrials trials = new ModelTrials("p", spec, Faulty.of("1", 0f, false, 0, closed));
        trials.onRolledBack(
                (failed, back, reason) -> told.add(failed.version() + " -> " + back.version() + ": " + reason));
        return trials;
    }

    private void run(ModelTrials trials, int from, int to) throws DenoiserException {
        try (ModelSlot.Lease lease = trials.slot().lease()) {
            lease.denoiser().denoise(batch, from, to, out);
        }
    }

    private static String running(ModelTrials trials) {
        return trials.slot().spec().id().version();
    }

    @Test
    void a_model_that_gives_no_finite_values_is_taken_back_once() throws Exception {
        // Given
        ModelTrials trials = trials(SPEC);
        trials.install(Faulty.of("2", Float.NaN, false, 0, closed));

        // When
        run(trials, 0, 10);
        String before = running(trials);
        run(trials, 0, 1);

        // Then: more than one percent of a thousand
        assertThat(before).isEqualTo("2");
        assertThat(running(trials)).isEqualTo("1");
        run(trials, 0, 16);
        assertThat(told)
                .containsExactly("2 -> 1: 11 of its first 11 windows failed or were not finite, wanted at most 1.0 % of"
                        + " 1000 or more");
        assertThat(closed).containsExactly("2");
        assertThat(trials.rolledBack()).isEqualTo(1);
    }

    @Test
    void a_model_of_tokens_that_is_sure_of_what_cannot_be_is_taken_back() throws Exception {
        // Given
        String[] tokens = {"a", "b"};
        ModelTrials trials = new ModelTrials("p", SPEC, FakeTokens.random("1", 8, tokens));
        trials.onRolledBack((failed, back, reason) -> told.add(reason));
        trials.install(new FakeTokens(
                "2",
                8,
                (ids, vocabulary) -> {
                    FakeTokens.Said said = FakeTokens.random(ids, vocabulary);
                    said.confidence[5] = Float.NaN;
                    return said;
                },
                tokens));

        // When
        run(trials, 0, 11);

        // Then
        assertThat(running(trials)).isEqualTo("1");
        assertThat(told).singleElement().asString().startsWith("11 of its first 11 windows failed");
    }

    @Test
    void a_model_that_fails_is_taken_back_and_a_run_that_will_be_tried_in_halves_does_not_count() {
        // Given
        ModelTrials trials = trials(SPEC);
        trials.install(Faulty.of("2", 0f, true, 0, closed));

        // When
        assertThatThrownBy(() -> run(trials, 0, 16)).isInstanceOf(DenoiserException.class);
        for (int i = 0; i < 11; i++) {
            assertThat(told).isEmpty();
            assertThatThrownBy(() -> run(trials, 3, 4)).isInstanceOf(DenoiserException.class);
        }

        // Then
        assertThat(told).singleElement().asString().startsWith("2 -> 1: 11 of its first 11 windows failed");
    }

    @Test
    void a_model_that_is_slow_more_often_than_not_is_taken_back() throws Exception {
        // Given
        ModelTrials trials = trials(SPEC);
        trials.install(Faulty.of("2", 0f, false, 1_500_000, closed));

        // When
        for (int i = 0; i < 11; i++) {
            assertThat(told).isEmpty();
            run(trials, 0, 2);
        }

        // Then
        assertThat(told)
                .containsExactly("2 -> 1: 11 of its first 11 batches took more than 1000 us per window, wanted at most"
                        + " 50.0 % of 20 or more");
    }

    @Test
    void a_few_windows_in_a_run_that_was_filled_up_do_not_count_as_slow_but_half_a_batch_does() throws Exception {
        // Given: 9.6 ms a run
        ModelTrials trials = trials(SPEC);
        FilledUp slow = new FilledUp(Faulty.of("2", 0f, false, 600_000, closed));
        trials.install(new Announced(slow, slow.spec().id()));

        // When
        for (int i = 0; i < 11; i++) {
            run(trials, 0, 1);
            run(trials, 0, 7);
        }

        // Then
        for (int i = 0; i < 11; i++) {
            assertThat(told).isEmpty();
            run(trials, 0, 8);
        }
        assertThat(told).singleElement().asString().startsWith("2 -> 1: 11 of its first 11 batches took more than");
    }

    @Test
    void the_trial_of_a_good_model_ends_and_closes_the_one_before() throws Exception {
        // Given
        ModelTrials trials = trials(new TrialSpec(0.01, 1, 1_000_000_000, 1));

        // When
        trials.install(Faulty.of("2", 0f, false, 0, closed));
        run(trials, 0, 16);

        // Then
        assertThat(closed).containsExactly("1");
        assertThat(running(trials)).isEqualTo("2");
    }

    @Test
    void a_model_in_force_from_the_start_serves_on_however_bad() throws Exception {
        // Given
        ModelTrials trials = new ModelTrials("p", SPEC, Faulty.of("1", Float.NaN, false, 0, closed));

        // When
        for (int i = 0; i < 10; i++) {
            run(trials, 0, 16);
        }

        // Then
        assertThat(running(trials)).isEqualTo("1");
        assertThat(closed).isEmpty();
        assertThat(trials.rolledBack()).isZero();
    }

    @Test
    void many_threads_that_find_out_at_once_roll_back_once() throws Exception {
        // Given
        ModelTrials trials = trials(SPEC);
        ExecutorService threads = Executors.newFixedThreadPool(4);

        // When
        for (int version = 2; version < 20; version++) {
            trials.install(Faulty.of("" + version, Float.NaN, false, 0, closed));
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(threads.submit(() -> {
                    try (ModelSlot.Lease lease = trials.slot().lease()) {
                        lease.denoiser().denoise(batch, 0, 16, new Reconstruction(16, 1, 8));
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        threads.shutdown();

        // Then
        assertThat(told).hasSize(18);
        assertThat(running(trials)).isEqualTo("1");
        assertThat(closed).hasSize(18).doesNotContain("1");
    }
}
