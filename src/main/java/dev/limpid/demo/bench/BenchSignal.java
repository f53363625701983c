package dev.limpid.demo.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * The input, known in advance: every series repeats {@link #PERIOD} samples of its own, a sine with noise, rounded to three
 * decimals as a sensor would send them. In round {@code t} every series that has begun sends its next record, in the order of
 * its number; with single samples series {@code s} begins in round {@code s mod 128}, so that the windows of the fleet do not
 * end all at once. Immutable.
 */
final class BenchSignal {
    /** Samples per window, and per record of {@link BenchCase.Shape#BLOCKS}. */
    static final int WINDOW = 128;
    /** Samples after which a series repeats itself: a multiple of {@link #WINDOW}. */
    static final int PERIOD = 16 * WINDOW;
    /** Samples per second and series, by the timestamps, where the input is not paced. */
    static final int RATE_HZ = 100;

    static final String CHANNEL = "lead";
    private static final long START_MS = 1_700_000_000_000L;
    private final BenchCase layout;
    private final int series;
    private final int partitions;
    private final int stepMs;
    private final float[] values;
    private final byte[][] keys;

    BenchSignal(BenchCase layout, int series, int partitions) {
        this(layout, series, partitions, RATE_HZ);
    }

    /** @param rateHz samples per second and series, by the timestamps */
    BenchSignal(BenchCase layout, int series, int partitions, int rateHz) {
        this.stepMs = 1000 / rateHz;
        this.layout = layout;
        this.series = series;
        this.partitions = partitions;
        this.values = new float[series * PERIOD];
        this.keys = new byte[series][];
        for (int s = 0; s < series; s++) {
            keys[s] = "s-%05d".formatted(s).getBytes(StandardCharsets.US_ASCII);
            Random random = new Random(s);
            for (int i = 0; i < PERIOD; i++) {
                double value = clean(s, i) + 0.2 * random.nextGaussian();
                values[s * PERIOD + i] = Math.round(value * 1000) / 1000f;
            }
        }
    }

    private static double clean(int s, int i) {
        int cycles = 8 + s % 9;
        return Math.sin(2 * Math.PI * cycles * i / PERIOD + s);
    }

    /** The sines without the noise, one series after the other. */
    static float[] clean(int series) {
        float[] values = new float[series * PERIOD];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) clean(i / PERIOD, i % PERIOD);
        }
        return values;
    }

    int series() {
        return series;
    }

    int partitions() {
        return partitions;
    }

    BenchCase layout() {
        return layout;
    }

    int partition(int s) {
        return s % partitions;
    }

    byte[] key(int s) {
        return keys[s];
    }

    /** The series of a key that {@link #key} made. */
    static int seriesOf(byte[] key) {
        int s = 0;
        for (int i = 2; i < key.length; i++) {
            s = 10 * s + (key[i] - '0');
        }
        return s;
    }

    float value(int s, long sample) {
        return values[s * PERIOD + (int) (sample % PERIOD)];
    }

    private int begin(int s) {
        return layout.shape() == BenchCase.Shape.SAMPLES ? s % WINDOW : 0;
    }

    /** Whether series {@code s} sends a record in {@code round}. */
    boolean sends(int s, long round) {
        return round >= begin(s);
    }

    /** Timestamp of the records of a round. */
    long timestampMs(long round) {
        return START_MS + round * layout.shape().samples() * stepMs;
    }

    /** The value of the record that series {@code s} sends in {@code round}. */
    byte[] record(int s, long round) {
        return record(s, round, begin(s));
    }

    /** The same where all series begin in round 0. */
    byte[] recordAt(int s, long round) {
        return record(s, round, 0);
    }

    private byte[] record(int s, long round, int begin) {
        long first = (round - begin) * layout.shape().samples();
        return switch (layout.format()) {
            case F32 -> f32(s, first);
            case JSON -> json(s, first, timestampMs(round));
        };
    }

    private byte[] f32(int s, long first) {
        int n = layout.shape().samples();
        ByteBuffer bytes = ByteBuffer.allocate(n * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < n; i++) {
            bytes.putFloat(value(s, first + i));
        }
        return bytes.array();
    }

    private byte[] json(int s, long first, long timestampMs) {
        StringBuilder text = new StringBuilder(64).append("{\"ts\":").append(timestampMs);
        if (layout.shape() == BenchCase.Shape.SAMPLES) {
            text.append(",\"").append(CHANNEL).append("\":").append(value(s, first));
        } else {
            text.append(",\"samples\":");
            for (int i = 0; i < WINDOW; i++) {
                text.append(i == 0 ? "[[" : "],[").append(value(s, first + i));
            }
            text.append("]]");
        }
        return text.append('}').toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Samples of every series among the first {@code records} records of a partition; 0 for series of other partitions. */
    long[] samplesAfter(int partition, long records) {
        long[] samples = new long[series];
        long left = records;
        for (long round = 0; left > 0; round++) {
            for (int s = partition; s < series && left > 0; s += partitions) {
                if (sends(s, round)) {
                    samples[s] += layout.shape().samples();
                    left--;
                }
            }
        }
        return samples;
    }
}
