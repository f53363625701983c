package dev.limpid.demo;

import java.util.Optional;

/**
 * When the model of a run changes, and which part of the schedule is kept free of faults for it; simulated milliseconds since the
 * run's beginning.
 *
 * <p>The better model is announced half-way. No fault lasts within {@value #LAG_MS} ms before that: windows may run so much later than
 * their samples were sent ({@link Feed}). None lasts until {@value #ARRIVAL_MS} ms of the clock after it, in which the model arrives, and then
 * for a simulated minute, as at the run's beginning ({@link Fleet#FIRST_FAULT_MS}): alerts start anew with a model.
 *
 * @param atMs when the better model is announced
 * @param lateMs when it ought to have been, however long its training takes: from then on simulated time runs no faster than the clock
 *     until it is
 */
record SwapPlan(long atMs, long quietFromMs, long quietToMs, long lateMs) {
    /** The shortest run with a swap, in simulated time: a fault must find room before or after it. */
    static final long LEAST_SIMULATED_MS = 200_000;
    /** The shortest run with a swap, by the clock: half of it is left for the model to arrive. */
    static final long LEAST_MS = 10_000;

    static final long LAG_MS = 10_000;
    static final long ARRIVAL_MS = 5_000;

    /**
     * The plan of a run; empty if it is too short.
     *
     * @param durationMs by the clock
     * @param speed simulated seconds per second
     */
    static Optional<SwapPlan> of(long durationMs, double speed) {
        long simulatedMs = (long) (durationMs * speed);
        if (durationMs < LEAST_MS || simulatedMs < LEAST_SIMULATED_MS) {
            return Optional.empty();
        }
        long at = simulatedMs / 2;
        long quietToMs = at + (long) (ARRIVAL_MS * speed) + Fleet.FIRST_FAULT_MS;
        return Optional.of(new SwapPlan(at, at - LAG_MS, quietToMs, at + at / 2));
    }
}
