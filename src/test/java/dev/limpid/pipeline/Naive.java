package dev.limpid.pipeline;

import dev.limpid.model.FakeDenoiser;
import dev.limpid.signal.SeriesKey;
import dev.limpid.signal.WindowSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The obvious twin of {@link Pipeline}: sample by sample, everything kept, windows computed in double from the whole segment
 * when it is over. Knows no batches, no rings and no finality.
 */
final class Naive {
    /** What is expected of one sample. */
    static final class Sample {
        int input;
        float[] raw = new float[0];
        double[] clean = new double[0];
        Quality quality = Quality.MISSING;
    }

    private static final class Series {
        boolean open;
        long firstMs;
        long lastMs;
        long streamMs;
        TreeMap<Long, Sample> slots = new TreeMap<>();
        final List<Sample> all = new ArrayList<>();
        final List<Double> scores = new ArrayList<>();
    }

    private final Scenario scenario;
    private final PipelineSpec spec;
    private final Map<SeriesKey, Series> series = new LinkedHashMap<>();

    private Naive(Scenario scenario) {
        this.scenario = scenario;
        this.spec = scenario.spec();
    }

    static Naive run(Scenario scenario) {
        Naive naive = new Naive(scenario);
        long streamMs = Long.MIN_VALUE / 2;
        for (Scenario.Input input : scenario.inputs()) {
            Series in = naive.series.computeIfAbsent(input.series(), key -> new Series());
            if (in.open && streamMs - in.streamMs > naive.spec.idleFlushMs()) {
                naive.close(in);
            }
            if (input.values().length > 0) {
                streamMs = Math.max(streamMs, naive.accept(in, input));
                in.streamMs = streamMs;
            }
        }
        naive.series.values().forEach(naive::close);
        return naive;
    }

    /** All samples of a series in the order in which they came. */
    List<Sample> samples(SeriesKey key) {
        return series.get(key).all;
    }

    /** The scores of a series' windows, NaN where absent. */
    List<Double> scores(SeriesKey key) {
        return series.get(key).scores;
    }

    /** Gives the time of the record's last sample. */
    private long accept(Series in, Scenario.Input input) {
        int channels = spec.channels().size();
        int length = input.values().length / channels;
        long ms = input.timestampMs();
        double rate = spec.sampleRateHz();
        if (in.open) {
            double away = rate > 0
                    ? Math.abs(Math.round((ms - in.firstMs) * rate / 1000) - frontier(in) + 1) * 1000 / rate
                    : Math.abs(ms - in.lastMs);
            if (away > spec.gapMaxMs() + 1e-6) {
                close(in);
            }
        }
        if (!in.open) {
            in.open = true;
            in.firstMs = ms;
            in.lastMs = ms;
        }
        long first = rate > 0 ? Math.round((ms - in.firstMs) * rate / 1000) : frontier(in);
        for (int i = 0; i < length; i++) {
            Sample sample = new Sample();
            sample.input = input.number();
            sample.raw = new float[channels];
            System.arraycopy(input.values(), i * channels, sample.raw, 0, channels);
            in.all.add(sample);
            long slot = first + i;
            if (slot < lateBefore(in)) {
                pass(sample, Quality.LATE);
            } else if (in.slots.containsKey(slot)) {
                pass(sample, Quality.DUPLICATE);
            } else {
                in.slots.put(slot, sample);
            }
        }
        long last = rate > 0 && length > 1 ? in.firstMs + Math.round((first + length - 1) * 1000 / rate) : ms;
        in.lastMs = Math.max(in.lastMs, last);
        return last;
    }

    private static void pass(Sample sample, Quality quality) {
        sample.quality = quality;
        sample.clean = new double[sample.raw.length];
        for (int c = 0; c < sample.raw.length; c++) {
            sample.clean[c] = sample.raw[c];
        }
    }

    private static long frontier(Series in) {
        return in.slots.isEmpty() ? 0 : in.slots.lastKey() + 1;
    }

    /** End of the last window that the frontier has reached; 0 if it has reached none. */
    private long lateBefore(Series in) {
        long end = 0;
        for (long k = 0; spec.window().end(k) <= frontier(in); k++) {
            end = spec.window().end(k);
        }
        return end;
    }

    private void close(Series in) {
        if (!in.open) {
            return;
        }
        WindowSpec window = spec.window();
        int channels = spec.channels().size();
        long frontier = frontier(in);
        List<double[][]> outputs = new ArrayList<>(); // [window][channel][time], null if it gave nothing
        List<Boolean> failed = new ArrayList<>();
        for (long k = 0; k == 0 || window.end(k - 1) < frontier; k++) {
            boolean bad = false;
            int observed = 0;
            double squares = 0;
            double[][] output = new double[channels][window.length()];
            for (int c = 0; c < channels; c++) {
                for (int t = 0; t < window.length(); t++) {
                    Sample sample = in.slots.get(k * window.hop() + t);
                    boolean present = sample != null && Float.isFinite(sample.raw[c]);
                    double x = present ? sample.raw[c] : 0;
                    bad |= x == FakeDenoiser.POISON || x == FakeDenoiser.TO_NAN;
                    output[c][t] = scenario.factor() * x + scenario.ramp() * t;
                    if (present) {
                        observed++;
                        squares += Math.pow((x - output[c][t]) / 0.5, 2);
                    }
                }
            }
            outputs.add(bad || observed == 0 ? new double[0][] : output);
            failed.add(bad);
            in.scores.add(bad || observed == 0 ? Double.NaN : Math.sqrt(squares / observed));
        }
        in.slots.forEach((slot, sample) -> clean(sample, slot, outputs, failed));
        in.slots.clear();
        in.open = false;
    }

    private void clean(Sample sample, long slot, List<double[][]> outputs, List<Boolean> failed) {
        WindowSpec window = spec.window();
        double[] sum = new double[sample.raw.length];
        double total = 0;
        boolean anyFailed = false;
        for (int k = 0; k < outputs.size(); k++) {
            long t = slot - (long) k * window.hop();
            boolean inTime = k == 0 || window.end(k) - 1 - slot <= window.lookahead();
            if (t < 0 || t >= window.length() || !inTime) {
                continue;
            }
            anyFailed |= failed.get(k);
            if (outputs.get(k).length > 0) {
                double weight = Math.pow(Math.sin(Math.PI * (t + 0.5) / window.length()), 2);
                total += weight;
                for (int c = 0; c < sum.length; c++) {
                    sum[c] += weight * outputs.get(k)[c][(int) t];
                }
            }
        }
        if (total == 0) {
            pass(sample, anyFailed ? Quality.FAILED : Quality.MISSING);
            return;
        }
        sample.quality = Quality.CLEANED;
        sample.clean = new double[sum.length];
        for (int c = 0; c < sum.length; c++) {
            sample.clean[c] = sum[c] / total;
            if (!Float.isFinite(sample.raw[c])) {
                sample.quality = Quality.IMPUTED;
            }
        }
    }
}
