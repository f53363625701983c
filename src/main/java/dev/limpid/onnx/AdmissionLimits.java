package dev.limpid.onnx;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much a model may take while it is checked.
 *
 * @param childTime for the process of its own, from start to verdict
 * @param childBytes memory of that process beside what follows from the size of the model and of a batch
 * @param maxNanosPerWindow how slow a model may be in a full batch; 0: as slow as it likes
 * @param cache folder of the verdicts; null: none is kept
 */
public record AdmissionLimits(Duration childTime, long childBytes, long maxNanosPerWindow, @Nullable Path cache) {
    private static final Duration CHILD_TIME = Duration.ofSeconds(20);
    private static final long CHILD_BYTES = 768L << 20;

    /** Twenty seconds, 768 MiB, no bound on the latency, no cache. */
    public static AdmissionLimits standard() {
        return new AdmissionLimits(CHILD_TIME, CHILD_BYTES, 0, null);
    }

    public AdmissionLimits childTime(Duration time) {
        return new AdmissionLimits(time, childBytes, maxNanosPerWindow, cache);
    }

    public AdmissionLimits maxNanosPerWindow(long nanos) {
        return new AdmissionLimits(childTime, childBytes, nanos, cache);
    }

    public AdmissionLimits cache(@Nullable Path folder) {
        return new AdmissionLimits(childTime, childBytes, maxNanosPerWindow, folder);
    }
}
