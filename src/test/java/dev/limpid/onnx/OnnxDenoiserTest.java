package dev.limpid.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class OnnxDenoiserTest {
    private static final int WINDOWS = 8;
    private static final int CHANNELS = 2;
    private static final int LENGTH = 4;

    private final WindowBatch batch = new WindowBatch(WINDOWS, CHANNELS, LENGTH);
    private final Reconstruction out = new Reconstruction(WINDOWS, CHANNELS, LENGTH);

    private static Denoiser open(TinyModel model) throws ModelRefused {
        return ModelFile.open(model.bytes(), "tiny", Provider.CPU, new Expected("p", CHANNELS, LENGTH, WINDOWS))
                .denoiser();
    }

    /** Window w holds w + i/100, everything observed. */
    private static void fill(WindowBatch batch) {
        batch.clear();
        for (int w = 0; !batch.full(); w++) {
            int first = batch.add() * batch.windowSize();
            for (int i = 0; i < batch.windowSize(); i++) {
                batch.x().put(first + i, w + i / 100f);
                batch.observed().put(first + i, 1f);
            }
        }
    }

    @Test
    void the_session_writes_straight_into_the_reconstruction() throws Exception {
        // Given
        fill(batch);
        try (Denoiser denoiser = open(TinyModel.halving(CHANNELS, LENGTH))) {
            // When
            denoiser.denoise(batch, 0, batch.size(), out);
        }

        // Then
        for (int i = 0; i < WINDOWS * batch.windowSize(); i++) {
            assertThat(out.clean().get(i)).isEqualTo(batch.x().get(i) / 2);
        }
    }

    @Test
    void a_run_of_some_windows_touches_only_their_rows() throws Exception {
        // Given
        fill(batch);
        int size = batch.windowSize();
        for (int i = 0; i < WINDOWS * size; i++) {
            out.clean().put(i, -7f);
        }
        try (Denoiser denoiser = open(TinyModel.identity(CHANNELS, LENGTH))) {
            // When
            denoiser.denoise(batch, 3, 5, out);
            denoiser.denoise(batch, 6, 6, out);
        }

        // Then
        for (int i = 0; i < WINDOWS * size; i++) {
            boolean run = i >= 3 * size && i < 5 * size;
            assertThat(out.clean().get(i)).isEqualTo(run ? batch.x().get(i) : -7f);
        }
    }

    @Test
    void a_model_with_observed_and_error_gets_the_mask_and_gives_the_error() throws Exception {
        // Given
        fill(batch);
        batch.observed().put(5, 0f);
        try (Denoiser denoiser = open(TinyModel.masking(CHANNELS, LENGTH))) {
            assertThat(denoiser.spec().observed()).isTrue();
            assertThat(denoiser.spec().error()).isTrue();

            // When
            denoiser.denoise(batch, 0, batch.size(), out);
        }

        // Then
        assertThat(out.clean().get(4)).isEqualTo(batch.x().get(4));
        assertThat(out.error().get(4)).isZero();
        assertThat(out.clean().get(5)).isZero();
        assertThat(out.error().get(5)).isEqualTo(batch.x().get(5));
    }

    @Test
    void a_run_that_fails_is_told_and_the_next_one_works() throws Exception {
        // Given
        fill(batch);
        try (Denoiser denoiser = open(TinyModel.failingBeyond3(CHANNELS, LENGTH))) {
            // When
            assertThatThrownBy(() -> denoiser.denoise(batch, 0, batch.size(), out))
                    .isInstanceOf(DenoiserException.class)
                    .hasMessageContaining("indices element out of data bounds");
            denoiser.denoise(batch, 0, 3, out);
        }

        // Then
        assertThat(out.clean().get(17)).isEqualTo(batch.x().get(17));
    }

    @Test
    void many_threads_share_one_session() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Denoiser denoiser = open(TinyModel.halving(CHANNELS, LENGTH))) {
            // When
            List<Future<Boolean>> results = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                float offset = t;
                results.add(threads.submit(() -> halvesAlways(denoiser, offset)));
            }

            // Then
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean halvesAlways(Denoiser denoiser, float offset) throws DenoiserException {
        WindowBatch own = new WindowBatch(WINDOWS, CHANNELS, LENGTH);
        Reconstruction answer = new Reconstruction(WINDOWS, CHANNELS, LENGTH);
        boolean right = true;
        for (int round = 0; round < 500; round++) {
            fill(own);
            own.x().put(0, offset + round);
            denoiser.denoise(own, 0, own.size(), answer);
            right &= answer.clean().get(0) == (offset + round) / 2
                    && answer.clean().get(9) == own.x().get(9) / 2;
        }
        return right;
    }
}
