package dev.limpid.demo;

import dev.limpid.demo.ModelWatch.Side;
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
    private final GainTrack track;
    private LatencyHistogram recent = new LatencyHistogram();
    private long sentSamples;
    private long sentRecords;
    private long answeredRecords;
    private long misplaced;
    private long answeredMs;
    private long firstAnswerNanos;

    /**
     * @param blockLength samples per record
     * @param simulatedMs length of the run
     */
    Ledger(Fleet fleet, WindowSpec window, int blockLength, long simulatedMs) {
        this.fleet = fleet;
        this.window = window;
        this.blockLength = blockLength;
        this.track = new GainTrack(simulatedMs);
        this.series = new Series[fleet.sensors().size()];
        Arrays.setAll(series, i -> new Series());
    }

    private static final class Series {
        final List<@Nullable Strip> waiting = new ArrayList<>();
        final SnrMeter snr = new SnrMeter();
        final Map<Side, SnrMeter> bySide = new EnumMap<>(
                Map.of(Side.BEFORE, new SnrMeter(), Side.BETWEEN, new SnrMeter(), Side.AFTER, new SnrMeter()));
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
     * @param side of a swap of models
     */
    synchronized void answered(int sensor, long startMs, Block clean, List<Quality> quality, Side side, long nanos) {
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
        compare(sensor, strip, clean, side);
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

    private void compare(int sensor, Strip strip, Block clean, Side side) {
        Series one = series[sensor];
        long guardMs = (long) (window.length() * 1000 / fleet.sampleRateHz());
        long endMs = strip.startMs() + (long) (strip.length() * 1000 / fleet.sampleRateHz());
        boolean faulty = fleet.sensors()
                .get(sensor)
                .fault()
                .map(fault -> fault.near(strip.startMs(), endMs, guardMs))
                .orElse(false);
        List<SnrMeter> meters = faulty ? List.of() : List.of(one.snr, one.bySide.get(side), track.at(strip.startMs()));
        float[] values = new float[clean.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = clean.value(i, 0);
        }
        for (SnrMeter meter : meters) {
            for (int i = 0; i < values.length; i++) {
                meter.add(strip.truth().at(i), strip.raw().at(i), values[i]);
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
                gainDb(Side.BEFORE),
                gainDb(Side.AFTER),
                latency.quantile(0.5),
                latency.quantile(0.99),
                recent.quantile(0.5),
                recent.quantile(0.99));
        recent = new LatencyHistogram();
        return figures;
    }

    /** Mean over the series of the gain on one side of a swap, dB; NaN if no series was measured there for a second. */
    private double gainDb(Side side) {
        return Arrays.stream(series)
                .map(one -> one.bySide.get(side))
                .filter(meter -> meter.count() > fleet.sampleRateHz())
                .mapToDouble(SnrMeter::gainDb)
                .average()
                .orElse(Double.NaN);
    }

    /** See {@link GainTrack#gainsDb}. */
    synchronized double[] gainsDb() {
        return track.gainsDb();
    }

    /** The stretch of {@link #gainsDb} that a moment lies in. */
    int stretch(long ms) {
        return track.stretch(ms);
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
     * @param gainBeforeDb mean over the series, of records by the first model alone; NaN if there are none
     * @param gainAfterDb the same of records by the model after it
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
            double gainBeforeDb,
            double gainAfterDb,
            double p50Ms,
            double p99Ms,
            double recentP50Ms,
            double recentP99Ms) {}
}
