package dev.limpid.demo.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Counts the samples a contender has done and, every {@value #EVERY_MS} ms, notes how far it is and how much CPU time the
 * process has taken. {@link #add} may be called by any thread; the rest by the main thread only.
 */
final class Meter {
    private static final long EVERY_MS = 100;
    /** So long without progress, and the input is taken to be at its end. */
    private static final long STALL_MS = 8_000;

    private static final double NANOS = 1e9;
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final AtomicLong samples = new AtomicLong();
    private LongSupplier source = samples::get;
    private final List<Mark> marks = new ArrayList<>();

    /** What the clock, the CPU clock of this process and the counter said. */
    record Mark(long nanos, long cpuNanos, long samples) {}

    /** Counts elsewhere: {@code done} is asked instead. */
    void source(LongSupplier done) {
        source = done;
    }

    void add(long done) {
        samples.addAndGet(done);
    }

    /**
     * Watches from the first sample on, for that many seconds or until the input ends.
     *
     * @param failed asked now and then whether there is nothing left to watch
     */
    void watch(double seconds, double startWithinSeconds, BooleanSupplier failed) throws InterruptedException {
        long patience = System.nanoTime() + (long) (startWithinSeconds * NANOS);
        while (source.getAsLong() == 0 && !failed.getAsBoolean()) {
            if (System.nanoTime() > patience) {
                throw new IllegalStateException("no sample was done within " + startWithinSeconds + " s");
            }
            Thread.sleep(5);
        }
        Mark progress = mark();
        marks.add(progress);
        long end = progress.nanos() + (long) (seconds * NANOS);
        while (System.nanoTime() < end && !failed.getAsBoolean()) {
            Thread.sleep(EVERY_MS);
            Mark now = mark();
            if (now.samples() > progress.samples()) {
                progress = now;
                marks.add(now);
            } else if (now.nanos() - progress.nanos() > STALL_MS * 1_000_000) {
                return;
            }
        }
    }

    /** Watches from now until {@code ended}, progress or not. */
    void watchUntil(BooleanSupplier ended) throws InterruptedException {
        marks.add(mark());
        while (!ended.getAsBoolean()) {
            Thread.sleep(EVERY_MS);
            marks.add(mark());
        }
    }

    private Mark mark() {
        return new Mark(System.nanoTime(), system.getProcessCpuTime(), source.getAsLong());
    }

    /** All of it and its second half by time, as {@code name=value} fields for {@link Measurement#parse}. */
    String report() {
        Mark first = marks.get(0);
        Mark last = marks.get(marks.size() - 1);
        long half = (first.nanos() + last.nanos()) / 2;
        Mark middle = first;
        for (Mark mark : marks) {
            if (mark.nanos() <= half) {
                middle = mark;
            }
        }
        return String.format(
                Locale.ROOT,
                "samples=%d seconds=%.3f steadySamples=%d steadySeconds=%.3f steadyCpuSeconds=%.3f",
                last.samples(),
                (last.nanos() - first.nanos()) / NANOS,
                last.samples() - middle.samples(),
                (last.nanos() - middle.nanos()) / NANOS,
                (last.cpuNanos() - middle.cpuNanos()) / NANOS);
    }
}
