package dev.limpid.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a demo run is to do.
 *
 * @param home folder that holds {@code topology/} and {@code models/}
 * @param duration how long the sensors send, by the clock
 * @param seed of the fleet and its faults
 * @param sensors number of series, at least 20
 * @param speed simulated seconds per second
 * @param swaps whether it begins on the plain model and changes to the better one half-way, if it is long enough
 */
public record DemoSpec(Path home, Duration duration, long seed, int sensors, double speed, boolean swaps) {
    static final int LEAST_SENSORS = 20;
    static final long LEAST_SIMULATED_MS = 150_000;

    public DemoSpec {
        if (sensors < LEAST_SENSORS) {
            throw new IllegalArgumentException("--sensors is " + sensors + ", needs at least " + LEAST_SENSORS);
        }
        if (!(speed > 0)) {
            throw new IllegalArgumentException("--speed is " + speed + ", needs more than 0");
        }
        if (duration.toMillis() * speed < LEAST_SIMULATED_MS) {
            throw new IllegalArgumentException("--duration is " + duration.toSeconds() + " s, needs at least "
                    + seconds(LEAST_SIMULATED_MS, speed) + " s at " + speed
                    + " times real time: a fault needs quiet before it");
        }
    }

    /** Length of the run in simulated time. */
    long simulatedMs() {
        return (long) (duration.toMillis() * speed);
    }

    /** When the model changes; empty if it does not. */
    Optional<SwapPlan> swap() {
        return swaps ? SwapPlan.of(duration.toMillis(), speed) : Optional.empty();
    }

    /** Why there is no swap although one is wanted; empty if there is one, or none is wanted. */
    public Optional<String> whyNoSwap() {
        long least = Math.max(seconds(SwapPlan.LEAST_SIMULATED_MS, speed), SwapPlan.LEAST_MS / 1000);
        return swaps && swap().isEmpty()
                ? Optional.of(
                        "--duration is " + duration.toSeconds() + " s, too short for a swap of models, which needs "
                                + least + " s at " + speed + " times real time: the better model serves from the start")
                : Optional.empty();
    }

    private static long seconds(long simulatedMs, double speed) {
        return (long) Math.ceil(simulatedMs / speed / 1000);
    }
}
