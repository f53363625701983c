package dev.limpid.demo;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a demo run is to do.
 *
 * @param home folder that holds {@code topology/} and {@code models/}
 * @param duration how long the sensors send, by the clock
 * @param seed of the fleet and its faults
 * @param sensors number of series, at least 20
 * @param speed simulated seconds per second
 */
public record DemoSpec(Path home, Duration duration, long seed, int sensors, double speed) {
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
                    + (long) Math.ceil(LEAST_SIMULATED_MS / speed / 1000) + " s at " + speed
                    + " times real time: a fault needs quiet before it");
        }
    }

    /** Length of the run in simulated time. */
    long simulatedMs() {
        return (long) (duration.toMillis() * speed);
    }
}
