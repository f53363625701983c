package dev.limpid.kafka;

import dev.limpid.pipeline.Tally;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import java.util.function.ToLongFunction;

/**
 * What this instance did since it started, over all its tasks: work that a failed transaction took back is counted too.
 * Thread-safe.
 */
public final class Counts {
    /** Of the tasks running here; guarded by this. */
    private final Set<Tally> live = new HashSet<>();
    /** Of the tasks closed so far; guarded by this. */
    private final Tally past = new Tally();

    private final Map<String, LongAdder> deadLetters = new ConcurrentHashMap<>();
    private final LongAdder oversize = new LongAdder();
    private volatile LongConsumer latencies = millis -> {};

    synchronized void track(Tally tally) {
        live.add(tally);
    }

    /** The task was closed: what it did is kept as a sum, what it had pending is another's now. */
    synchronized void closed(Tally tally) {
        if (live.remove(tally)) {
            past.add(tally);
        }
    }

    void deadLetter(String reason) {
        deadLetters
                .computeIfAbsent(reasonClass(reason), name -> new LongAdder())
                .increment();
    }

    /** A cleaned record was made, {@code millis} after the time of its newest sample. */
    void left(long millis) {
        latencies.accept(millis);
    }

    /** Hands the milliseconds from each cleaned record's newest sample to now to {@code latencies}, on the stream threads. */
    public void onLeft(LongConsumer latencies) {
        this.latencies = latencies;
    }

    void oversize() {
        oversize.increment();
    }

    /** {@code syntax: unexpected end} becomes {@code syntax}: few enough for a metric's label. */
    static String reasonClass(String reason) {
        int colon = reason.indexOf(':');
        return colon < 0 ? reason : reason.substring(0, colon);
    }

    /** The sum of a figure over all tasks that this instance ran, such as {@code sum(Tally::accepted)}. */
    public synchronized long sum(ToLongFunction<Tally> figure) {
        return figure.applyAsLong(past) + live.stream().mapToLong(figure).sum();
    }

    /** Samples that the tasks running here have taken in and not yet answered. */
    public synchronized long pending() {
        return live.stream().mapToLong(Tally::pending).sum();
    }

    /** Dead letters by class of reason. */
    public Map<String, Long> deadLetters() {
        Map<String, Long> counts = new TreeMap<>();
        deadLetters.forEach((reason, count) -> counts.put(reason, count.sum()));
        return counts;
    }

    /** Cleaned records whose cleaned value was too large for the topic, so that the original went out. */
    public long oversizeCleaned() {
        return oversize.sum();
    }
}
