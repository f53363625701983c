package dev.limpid.kafka;

import dev.limpid.definition.Definition;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;

/**
 * How many windows a batch may have so that no transaction times out: all tasks of a thread run a full batch in one commit,
 * and that must take less than a third of {@code transaction.timeout.ms}.
 *
 * <p>Example: 4 tasks per thread, 10 s, 5 ms per window: 10 s / 3 / 4 / 5 ms = 166 windows.
 */
final class BatchBudget {
    private static final int RUNS = 3;

    private BatchBudget() {}

    /** Nanoseconds per window of a full batch of the model in force, the best of a few; it also warms the model. */
    static long measure(Definition definition, ModelSlot slot) throws DenoiserException {
        int windows = definition.maxWindows();
        int channels = definition.input().channels().size();
        int length = definition.window().length();
        WindowBatch batch = new WindowBatch(windows, channels, length);
        Reconstruction out = new Reconstruction(windows, channels, length);
        while (!batch.full()) {
            batch.add();
        }
        long best = Long.MAX_VALUE;
        try (ModelSlot.Lease lease = slot.lease()) {
            for (int run = 0; run < RUNS; run++) {
                long start = System.nanoTime();
                lease.denoiser().denoise(batch, 0, windows, out);
                best = Math.min(best, System.nanoTime() - start);
            }
        }
        return Math.max(1, best / windows);
    }

    /** The most windows per batch; less than 1 if not even one window fits. */
    static long windows(int tasksPerThread, long windowNanos, long transactionTimeoutMs) {
        return transactionTimeoutMs * 1_000_000 / 3 / Math.max(1, tasksPerThread) / windowNanos;
    }
}
