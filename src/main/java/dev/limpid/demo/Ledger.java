package dev.limpid.demo;

import dev.limpid.demo.Sensor.Strip;
import dev.limpid.pipeline.Quality;
import dev.limpid.signal.Block;
import dev.limpid.signal.Floats;
import dev.limpid.signal.WindowSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was sent and what came back: counts samples by their quality, checks that every record is answered once and in
 * order, measures latency, and compares with the truth.
 *
 * <p>Latency runs from the sending of the record that made the answered one final (the one that completes the last window it
 * waits for) to the answer's arrival at a read_committed reader. What waits for no later record, at the end of the run, is not counted.
 * The ratio of signal to noise leaves out whatever lies within a window's length of a fault. Thread-safe.
 */
final class Ledger {
    private final Fleet fleet;
    private final WindowSpec window;
    private final int blockLength;
    private final Series[] series;
    private final LatencyHistogram latency = new LatencyHistogram();
    private final Map<Quality, Long> answered = new EnumMap<>(Quality.class);
    private LatencyHistogram recent = new LatencyHistogram();
    private long sentSamples;
    private long sentRecords;
    private long answeredRecords;
    private long misplaced;
    private long answeredMs;
    private long firstAnswerNanos;

    /** @param blockLength samples per record */
    Ledger(Fleet fleet, WindowSpec window, int blockLength) {
        this.fleet = fleet;
        this.window = window;
        this.blockLength = blockLength;
        this.series = new Series[fleet.sensors().size()];
        Arrays.setAll(series, i -> new Series());
    }

    private static final class Series {
        final List<@Nullable Strip> waiting = new ArrayList<>();
        final SnrMeter snr = new SnrMeter();
        final Glance glance = new Glance();
        long[] sentNanos = new long[1024];
        int sent;
        int answered;
    }

    /** A record is about to be sent. */
    synchronized void sent(int sensor, Strip strip, long nanos) {
        Series one = series[sensor];
        if (one.sent == one.sentNanos.length) {
            one.sentNanos = Arrays.copyOf(one.sentNanos, 2 * one.sent);
        }
        one.sentNanos[one.sent++] = nanos;
        one.waiting.add(strip);
        sentSamples += strip.length();
        sentRecords++;
    }

    /**
     * A cleaned record arrived.
     *
     * @param startMs time of its first sample, simulated, since the run's beginning
     * @param clean its values
     * @param quality of each sample
     */
    synchronized void answered(int sensor, long startMs, Block clean, List<Quality> quality, long nanos) {
        Series one = series[sensor];
        Strip strip = one.answered < one.sent ? one.waiting.get(one.answered) : null;
        if (strip == null || strip.startMs() != startMs || strip.length() != clean.length()) {
            misplaced++;
            return;
        }
        quality.forEach(q -> answered.merge(q, 1L, Long::sum));
        one.waiting.set(one.answered, null);
        one.answered++;
        firstAnswerNanos = answeredRecords == 0 ? nanos : firstAnswerNanos;
        answeredRecords++;
        answeredMs = Math.max(answeredMs, startMs);
        int trigger = trigger(strip.first() + strip.length() - 1);
        if (trigger < one.sent) {
            double ms = (nanos - one.sentNanos[trigger]) / 1e6;
            latency.add(ms);
            recent.add(ms);
        }
        compare(sensor, one, strip, clean);
    }

    /** Number of the record whose samples make sample {@code slot} final. */
    private int trigger(long slot) {
        long early = Math.max(0, window.length() - window.lookahead() - 1);
        long last = Math.max(0, (slot + 1 - early + window.hop() - 1) / window.hop() - 1);
        while (window.finalBefore(last) <= slot) {
            last++;
        }
        return (int) ((window.end(last) - 1) / blockLength);
    }

    private void compare(int sensor, Series one, Strip strip, Block clean) {
        long guardMs = (long) (window.length() * 1000 / fleet.sampleRateHz());
        long endMs = strip.startMs() + (long) (strip.length() * 1000 / fleet.sampleRateHz());
        boolean faulty = fleet.sensors()
                .get(sensor)
                .fault()
                .map(fault -> fault.near(strip.startMs(), endMs, guardMs))
                .orElse(false);
        float[] values = new float[clean.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = clean.value(i, 0);
            if (!faulty) {
                one.snr.add(strip.truth().at(i), strip.raw().at(i), values[i]);
            }
        }
        one.glance.add(strip, Floats.owning(values));
    }

    /** The figures so far; the recent latencies are those since the last call. */
    synchronized Figures figures() {
        double in = 0;
        double out = 0;
        int measured = 0;
        for (Series one : series) {
            if (one.snr.count() > fleet.sampleRateHz()) {
                in += one.snr.inDb();
                out += one.snr.outDb();
                measured++;
            }
        }
        long cleaned = answered.getOrDefault(Quality.CLEANED, 0L);
        long imputed = answered.getOrDefault(Quality.IMPUTED, 0L);
        long all = answered.values().stream().mapToLong(Long::longValue).sum();
        Figures figures = new Figures(
                sentSamples,
                cleaned,
                imputed,
                all - cleaned - imputed,
                sentSamples - all,
                sentRecords,
                answeredRecords,
                misplaced,
                answeredMs,
                in / measured,
                out / measured,
                latency.quantile(0.5),
                latency.quantile(0.99),
                recent.quantile(0.5),
                recent.quantile(0.99));
        recent = new LatencyHistogram();
        return figures;
    }

    /** The newest answered samples of a sensor. */
    synchronized Glance.Picture picture(int sensor) {
        return series[sensor].glance.picture();
    }

    /** When the first answer came, by {@link System#nanoTime}; 0 if none came yet. */
    synchronized long firstAnswerNanos() {
        return firstAnswerNanos;
    }

    /** Records that wait for their answer. */
    synchronized long waiting() {
        return sentRecords - answeredRecords;
    }

    /**
     * Where a run stands; counts are samples unless they say otherwise.
     *
     * @param misplaced records that were not the next of their series: repeated, out of order, or never sent
     * @param answeredMs start of the newest answered record, simulated, since the run's beginning
     * @param snrInDb mean over the series
     */
    record Figures(
            long sent,
            long cleaned,
            long imputed,
            long passedThrough,
            long pending,
            long sentRecords,
            long answeredRecords,
            long misplaced,
            long answeredMs,
            double snrInDb,
            double snrOutDb,
            double p50Ms,
            double p99Ms,
            double recentP50Ms,
            double recentP99Ms) {}
}
