package dev.limpid.model;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a model's graph gives beside {@code clean} and {@code error}.
 *
 * @param confidence how sure each value of {@code clean} is, 0 to 1
 * @param missingBefore how likely a token is missing before each, 0 to 1
 * @param missingCount how many are, if one is, 0 to the window's length; 0 says nothing
 * @param score the window's score, in place of the root mean square of its residual; 1 is the threshold of its calibration
 * @param reason by what the window stands out, as a {@link Reason#code}
 * @param contribution each value's share of what the window stands out by, 0 to 1; all 0 if none has a part in it
 * @param embedding length of the latent vector; 0 if there is none
 */
public record Outputs(
        boolean confidence,
        boolean missingBefore,
        boolean missingCount,
        boolean score,
        boolean reason,
        boolean contribution,
        int embedding) {
    public static final Outputs NONE = new Outputs(false, false, false, false, false, false, 0);

    /** How far rounding may take a sum of probabilities, or a quotient of two, beyond 0 and 1. */
    private static final float ROUNDING = 1e-5f;

    /**
     * What of them can't be in the answer to a window, such as {@code gives NaN in output 'confidence', wanted 0 to 1}; null if all of it
     * can. A window of which it is not null counts as one on which the model failed, wherever that is judged.
     *
     * @param size values of a window
     */
    public @Nullable String problem(Reconstruction answer, int row, int size) {
        String problem = confidence ? problem("confidence", answer.confidence(), row, size) : null;
        if (problem == null && missingBefore) {
            problem = problem("missing_before", answer.missingBefore(), row, size);
        }
        if (problem == null && missingCount) {
            // no more tokens can be missing than a window has
            problem = problem("missing_count", answer.missingCount(), row, size, size);
        }
        if (problem == null && reason) {
            problem = problem("reason", answer.reason(), row, 1, Reason.count() - 1);
        }
        return problem == null && contribution ? problem("contribution", answer.contribution(), row, size) : problem;
    }

    private static @Nullable String problem(String output, FloatBuffer values, int row, int size) {
        for (int i = row * size; i < (row + 1) * size; i++) {
            float value = values.get(i);
            if (!(value >= -ROUNDING && value <= 1 + ROUNDING)) { // NaN compares as false
                return "gives " + value + " in output '" + output + "', wanted 0 to 1";
            }
        }
        return null;
    }

    private static @Nullable String problem(String output, LongBuffer values, int row, int size, int most) {
        for (int i = row * size; i < (row + 1) * size; i++) {
            long value = values.get(i);
            if (value < 0 || value > most) {
                return "gives " + value + " in output '" + output + "', wanted 0 to " + most;
            }
        }
        return null;
    }
}
