package dev.limpid.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.limpid.model.ChannelSpec;
import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.FakeTokens;
import dev.limpid.model.ModelId;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.signal.Floats;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JoiningDenoiserTest {
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final HalvingBehindAGate inner = new HalvingBehindAGate();
    private final JoiningDenoiser joining = new JoiningDenoiser(inner);

    @AfterEach
    void stop() {
        inner.gate.countDown();
        callers.shutdown();
        joining.close();
    }

    /** Halves; refuses values above 100; the first run waits at the gate. */
    private static final class HalvingBehindAGate implements Denoiser {
        final CountDownLatch gate = new CountDownLatch(1);
        final List<Integer> runs = new CopyOnWriteArrayList<>();
        volatile boolean closed;

        @Override
        public ModelSpec spec() {
            return new ModelSpec(
                    new ModelId("halving", "1", "00"),
                    2,
                    List.of(new ChannelSpec("a", "V", 1f)),
                    false,
                    false,
                    Floats.of());
        }

        @Override
        public void denoise(WindowBatch batch, int from, int to, Reconstruction out) throws DenoiserException {
            runs.add(to - from);
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            for (int i = 2 * from; i < 2 * to; i++) {
                if (batch.x().get(i) > 100) {
                    throw new DenoiserException("too big");
                }
                out.clean().put(i, batch.x().get(i) / 2);
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** Two windows of {@code value}, run from the second on; gives the answer's third and fourth value. */
    private Future<float[]> submit(float value) {
        return callers.submit(() -> {
            WindowBatch batch = new WindowBatch(2, 1, 2);
            Reconstruction out = new Reconstruction(2, 1, 2);
            for (int i = 0; i < 4; i++) {
                batch.x().put(i, value + i);
            }
            batch.add();
            batch.add();
            joining.denoise(batch, 1, 2, out);
            assertThat(out.clean().get(0)).isZero();
            return new float[] {out.clean().get(2), out.clean().get(3)};
        });
    }

    @Test
    void batches_that_wait_are_joined_into_one_run() throws Exception {
        // Given
        Future<float[]> first = submit(0);
        await().until(() -> inner.runs.size() == 1);
        List<Future<float[]>> later = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            later.add(submit(10f * i));
        }
        await().until(() -> joining.waiting() == 5);

        // When
        inner.gate.countDown();

        // Then
        assertThat(first.get()).containsExactly(1f, 1.5f);
        for (int i = 1; i <= 5; i++) {
            assertThat(later.get(i - 1).get()).containsExactly(5f * i + 1, 5f * i + 1.5f);
        }
        assertThat(inner.runs).containsExactly(1, 8);
    }

    /** Runs so many windows of zeros. */
    private void run(int windows) throws DenoiserException {
        joining.denoise(new WindowBatch(windows, 1, 2), 0, windows, new Reconstruction(windows, 1, 2));
    }

    @Test
    void runs_keep_the_size_of_the_greatest_until_a_period_needs_less() throws Exception {
        // Given
        inner.gate.countDown();

        // When
        run(1);
        run(3);
        run(1);
        run(5);
        for (int i = 0; i < 2 * JoiningDenoiser.PERIOD; i++) {
            run(2);
        }

        // Then
        assertThat(inner.runs).startsWith(1, 4, 4, 8, 8).endsWith(8, 2);
    }

    @Test
    void what_is_larger_than_a_joined_run_is_run_as_it_is() throws Exception {
        inner.gate.countDown();
        run(JoiningDenoiser.CAPACITY + 1);
        assertThat(inner.runs).containsExactly(JoiningDenoiser.CAPACITY + 1);
    }

    @Test
    void a_window_at_fault_is_in_no_later_run() throws Exception {
        // Given
        Future<float[]> first = submit(0);
        await().until(() -> inner.runs.size() == 1);
        Future<float[]> good = submit(10);
        await().until(() -> joining.waiting() == 1);
        Future<float[]> bad = submit(200);
        await().until(() -> joining.waiting() == 2);
        inner.gate.countDown();
        first.get();
        good.get();
        assertThatThrownBy(bad::get).hasRootCauseMessage("too big");

        // When
        run(1);

        // Then
        assertThat(inner.runs).containsExactly(1, 2, 1, 1, 2);
    }

    /** What a model of tokens says of two windows that begin with an id. */
    private static Reconstruction said(Denoiser model, int id) throws DenoiserException {
        WindowBatch batch = new WindowBatch(2, 1, 4);
        Reconstruction out = new Reconstruction(2, 1, 4);
        for (int i = 0; i < 8; i++) {
            batch.x().put(i, id + i % 3);
        }
        batch.add();
        batch.add();
        model.denoise(batch, 1, 2, out);
        return out;
    }

    @Test
    void whatever_a_model_of_tokens_says_comes_back_to_who_asked() throws Exception {
        // Given
        FakeTokens fake = FakeTokens.random("1", 4, "a", "b", "c", "d", "e", "f", "g");
        GatedTokens gated = new GatedTokens(fake, new CountDownLatch(1), new CountDownLatch(1));
        List<Future<Reconstruction>> answers = new ArrayList<>();
        try (JoiningDenoiser joined = new JoiningDenoiser(gated)) {
            answers.add(callers.submit(() -> said(joined, 2)));
            gated.begun.await();
            for (int id = 3; id < 6; id++) {
                int first = id;
                answers.add(callers.submit(() -> said(joined, first)));
            }
            await().until(() -> joined.waiting() == 3);

            // When
            gated.gate.countDown();

            // Then
            for (int id = 2; id < 6; id++) {
                Reconstruction wanted = said(fake, id);
                Reconstruction got = answers.get(id - 2).get();
                assertThat(got.missingCount()).isEqualTo(wanted.missingCount());
                assertThat(got.missingBefore()).isEqualTo(wanted.missingBefore());
                assertThat(got.confidence()).isEqualTo(wanted.confidence());
                assertThat(got.score()).isEqualTo(wanted.score());
                assertThat(got.reason()).isEqualTo(wanted.reason());
                assertThat(got.contribution()).isEqualTo(wanted.contribution());
            }
            assertThat(said(fake, 2).missingCount()).isNotEqualTo(said(fake, 3).missingCount());
        }
    }

    /** Waits at a gate. */
    private record GatedTokens(FakeTokens fake, CountDownLatch gate, CountDownLatch begun) implements Denoiser {
        @Override
        public ModelSpec spec() {
            return fake.spec();
        }

        @Override
        public void denoise(WindowBatch batch, int from, int to, Reconstruction out) throws DenoiserException {
            begun.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            fake.denoise(batch, from, to, out);
        }

        @Override
        public void close() {}
    }

    @Test
    void a_batch_at_fault_fails_alone() throws Exception {
        // Given
        Future<float[]> first = submit(0);
        await().until(() -> inner.runs.size() == 1);
        Future<float[]> good = submit(10);
        Future<float[]> bad = submit(200);
        await().until(() -> joining.waiting() == 2);

        // When
        inner.gate.countDown();

        // Then
        assertThat(first.get()).containsExactly(1f, 1.5f);
        assertThat(good.get()).containsExactly(6f, 6.5f);
        assertThatThrownBy(bad::get).hasRootCauseMessage("too big");
    }

    @Test
    void closing_stops_the_thread_and_closes_the_model() {
        inner.gate.countDown();
        joining.close();
        assertThat(inner.closed).isTrue();
        assertThatThrownBy(() -> joining.denoise(new WindowBatch(1, 1, 2), 0, 1, new Reconstruction(1, 1, 2)))
                .isInstanceOf(IllegalStateException.class);
    }
}
