package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.limpid.codec.TrustedKeys;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.TrialSpec;
import dev.limpid.model.WindowBatch;
import dev.limpid.onnx.Expected;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.Provider;
import dev.limpid.onnx.TinyModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LatencyBoundTest {
    private static final int WINDOWS = 4;
    private static final Expected EXPECTED = new Expected("p", 1, 8, WINDOWS);
    /** 4 tasks of batches of 64 windows in a third of 10 s: 13 ms per window. */
    private static final LatencyBound BUDGET = LatencyBound.of(4, 64, 10_000);

    /** Takes a while per window. */
    private static final class Slow extends HalvingDenoiser {
        private final long sleepMs;
        boolean closed;

        Slow(long sleepMs) {
            super(8, 1);
            this.sleepMs = sleepMs;
        }

        @Override
        public void denoise(WindowBatch batch, int from, int to, Reconstruction out) {
            try {
                TimeUnit.MILLISECONDS.sleep(sleepMs * (to - from));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static ModelFile file(Slow denoiser, long nanosPerWindow) throws Exception {
        ModelFile like = ModelFile.open(TinyModel.halving(1, 8).bytes(), "tiny", Provider.CPU, EXPECTED);
        like.denoiser().close();
        return new ModelFile(denoiser, like.metadata(), Provider.CPU, nanosPerWindow);
    }

    @Test
    void a_model_whose_batches_would_outlast_a_transaction_is_refused_and_closed() throws Exception {
        // Given 50 ms × 64 windows × 4 tasks = 12.8 s in one commit
        Slow slow = new Slow(50);
        ModelFile model = file(slow, 50_000_000);

        // Then
        assertThat(BUDGET.nanosPerWindow()).isEqualTo(13_020_833);
        assertThatThrownBy(() -> BUDGET.enforce(model, WINDOWS))
                .isInstanceOf(Refused.class)
                .hasMessageMatching(
                        "it takes 5\\d{4} us per window, wanted at most 13020; batches of 64 windows of 4 tasks"
                                + " per thread must fit a third of transaction.timeout.ms=10000: use a smaller model, lower"
                                + " batch.max-windows, or raise kafka.num.stream.threads or"
                                + " kafka.producer.transaction.timeout.ms")
                .extracting(e -> ((Refused) e).check())
                .isEqualTo("latency");
        assertThat(slow.closed).isTrue();
    }

    @Test
    void a_good_model_that_was_rehearsed_while_the_host_was_busy_is_let_in() throws Exception {
        // Given
        Slow fast = new Slow(0);

        // When
        ModelFile taken = BUDGET.enforce(file(fast, 50_000_000), WINDOWS);

        // Then
        assertThat(taken.nanosPerWindow()).isLessThan(BUDGET.nanosPerWindow());
        assertThat(fast.closed).isFalse();
    }

    @Test
    void a_model_that_was_held_before_the_budget_was_known_does_not_come_into_force() throws Exception {
        // Given
        Slow slow = new Slow(50);
        Follower follower = new Follower("p", "tiny", EXPECTED, Provider.CPU, TrustedKeys.NONE);
        List<String> told = new ArrayList<>();
        follower.onRolledBack(
                (failed, back, reason) -> told.add(failed.version() + " " + back.version() + " " + reason));
        follower.take(file(slow, 50_000_000));
        ModelTrials trials = new ModelTrials("p", TrialSpec.DEFAULT, new HalvingDenoiser("bundled", 8, 1));

        // When
        follower.within(BUDGET).serve(trials, ModelFile::denoiser);

        // Then
        assertThat(trials.slot().spec().id().version()).isEqualTo("bundled");
        assertThat(slow.closed).isTrue();
        assertThat(told).hasSize(1).first().asString().startsWith("1 bundled it takes 50000 us per window");
    }
}
