package dev.limpid.kafka;

import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;

/**
 * How many windows a batch may have so that no transaction times out: all tasks of a thread run a full batch in one commit,
 * and that must take less than a third of {@code transaction.timeout.ms}.
 *
 * <p>Example: 4 tasks per thread, 10 s, 5 ms per window: 10 s / 3 / 4 / 5 ms = 166 windows.
 */
final class BatchBudget {
    private BatchBudget() {}

    /** Nanoseconds per window of a full batch, the best of some runs; it also warms the model. */
    static long measure(Denoiser denoiser, int windows, int runs) throws DenoiserException {
        int channels = denoiser.spec().channels().size();
        int length = denoiser.spec().length();
        WindowBatch batch = new WindowBatch(windows, channels, length);
        Reconstruction out = new Reconstruction(windows, channels, length);
        while (!batch.full()) {
            batch.add();
        }
        long best = Long.MAX_VALUE;
        for (int run = 0; run < runs; run++) {
            long start = System.nanoTime();
            denoiser.denoise(batch, 0, windows, out);
            best = Math.min(best, System.nanoTime() - start);
        }
        return Math.max(1, best / windows);
    }

    /** The most windows per batch; less than 1 if not even one window fits. */
    static long windows(int tasksPerThread, long windowNanos, long transactionTimeoutMs) {
        return transactionTimeoutMs * 1_000_000 / 3 / Math.max(1, tasksPerThread) / windowNanos;
    }

    /** The most nanoseconds per window if batches have so many. */
    static long windowNanos(int tasksPerThread, int windows, long transactionTimeoutMs) {
        return windows(tasksPerThread, windows, transactionTimeoutMs);
    }
}
