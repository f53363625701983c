package dev.limpid.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.limpid.model.ChannelSpec;
import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.ModelId;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.signal.Floats;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class JoiningFailuresTest {
    private static final float REFUSED = 200;
    private static final float BROKEN = 2_000;
    private static final float NO_MEMORY = 20_000;

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final Fragile inner = new Fragile();
    private final JoiningDenoiser joining = new JoiningDenoiser(inner);

    @AfterEach
    void stop() {
        inner.gate.countDown();
        callers.shutdown();
        joining.close();
    }

    /** Halves windows of one value, or fails by it; the first run waits at the gate. */
    private static final class Fragile implements Denoiser {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch gate = new CountDownLatch(1);
        volatile @Nullable WindowBatch last;

        @Override
        public ModelSpec spec() {
            return new ModelSpec(
                    new ModelId("fragile", "1", "00"),
                    1,
                    List.of(new ChannelSpec("a", "V", 1f)),
                    true,
                    false,
                    Floats.of());
        }

        @Override
        public void denoise(WindowBatch batch, int from, int to, Reconstruction out) throws DenoiserException {
            last = batch;
            begun.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            for (int i = from; i < to; i++) {
                float value = batch.x().get(i);
                if (value == NO_MEMORY) {
                    throw new OutOfMemoryError("no room");
                } else if (value == BROKEN) {
                    throw new IllegalStateException("broken");
                } else if (value == REFUSED) {
                    throw new DenoiserException("refused");
                }
                out.clean().put(i, value / 2);
            }
        }

        @Override
        public void close() {}
    }

    /** The answer to the first of so many windows of {@code value}, all observed. */
    private float run(float value, int windows) throws DenoiserException {
        WindowBatch batch = new WindowBatch(windows, 1, 1);
        Reconstruction out = new Reconstruction(windows, 1, 1);
        for (int i = 0; i < windows; i++) {
            batch.x().put(i, value);
            batch.observed().put(i, 1f);
        }
        joining.denoise(batch, 0, windows, out);
        return out.clean().get(0);
    }

    @Test
    void an_error_reaches_all_who_were_in_the_run_and_the_next_is_answered() throws Exception {
        // Given
        Future<Float> first = callers.submit(() -> run(8, 1));
        inner.begun.await();
        List<Future<Float>> doomed = List.of(callers.submit(() -> run(10, 1)), callers.submit(() -> run(NO_MEMORY, 1)));
        await().until(() -> joining.waiting() == 2);

        // When
        inner.gate.countDown();

        // Then
        assertThat(first.get()).isEqualTo(4f);
        for (Future<Float> each : doomed) {
            assertThatThrownBy(each::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(OutOfMemoryError.class)
                    .hasMessage("no room");
        }
        assertThat(run(6, 1)).isEqualTo(3f);
    }

    @Test
    void an_error_in_a_batch_that_is_run_on_its_own_reaches_only_its_caller() throws Exception {
        // Given: the joined run is refused first
        Future<Float> first = callers.submit(() -> run(8, 1));
        inner.begun.await();
        Future<Float> refused = callers.submit(() -> run(REFUSED, 1));
        await().until(() -> joining.waiting() == 1);
        Future<Float> doomed = callers.submit(() -> run(NO_MEMORY, 1));
        await().until(() -> joining.waiting() == 2);
        Future<Float> good = callers.submit(() -> run(10, 1));
        await().until(() -> joining.waiting() == 3);

        // When
        inner.gate.countDown();

        // Then
        assertThat(first.get()).isEqualTo(4f);
        assertThatThrownBy(refused::get).cause().isInstanceOf(DenoiserException.class);
        assertThatThrownBy(doomed::get).cause().isInstanceOf(OutOfMemoryError.class);
        assertThat(good.get()).isEqualTo(5f);
    }

    @ParameterizedTest
    @ValueSource(floats = {REFUSED, BROKEN, NO_MEMORY})
    void what_failed_fills_no_later_run_and_no_new_batch_is_made(float bad) throws Exception {
        // Given
        inner.gate.countDown();
        run(2, 4);
        WindowBatch joined = Objects.requireNonNull(inner.last);
        assertThatThrownBy(() -> run(bad, 3)).isInstanceOfAny(DenoiserException.class, OutOfMemoryError.class);

        // When
        float answer = run(6, 1);

        // Then: the row asked for, two that are zero again, and one of the run before
        assertThat(answer).isEqualTo(3f);
        assertThat(inner.last).isSameAs(joined);
        assertThat(joined.x().slice(0, 4)).isEqualTo(floats(6, 0, 0, 2));
        assertThat(joined.observed().slice(0, 4)).isEqualTo(floats(1, 0, 0, 1));
    }

    @Test
    void whoever_times_it_is_told_that_runs_are_joined() {
        assertThat(joining.joins()).isTrue();
    }

    private static FloatBuffer floats(float... values) {
        return FloatBuffer.wrap(values);
    }
}
