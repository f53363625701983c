package dev.limpid.kafka;

import dev.limpid.signal.WindowSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Series of single float32 samples at 100 Hz, sent in real time: the sample of tick {@code t} is due {@code 10·t} ms after the start,
 * which is its timestamp, too. Series begin a tick apart, so that not all windows fall due at once.
 */
final class LoadFeed {
    static final int SERIES = 200;
    static final int PERIOD_MS = 10;

    private final ModelClients clients;
    private final String topic;
    private final WindowSpec window;
    private final long startMs = System.currentTimeMillis() + 100;
    private final Thread thread;
    private volatile boolean finish;
    private volatile long ticks;

    /** Begins to feed {@link #SERIES} samples per {@link #PERIOD_MS}. */
    LoadFeed(ModelClients clients, String topic, WindowSpec window) {
        this.clients = clients;
        this.topic = topic;
        this.window = window;
        thread = new Thread(this::run, "load");
        thread.start();
    }

    private void run() {
        byte[][] keys = new byte[SERIES][];
        for (int series = 0; series < SERIES; series++) {
            keys[series] = Integer.toString(series).getBytes(StandardCharsets.US_ASCII);
        }
        try (Producer<byte[], byte[]> producer = clients.plain()) {
            for (long tick = 0; !finish; tick++) {
                CrashRig.pause(dueMs(tick) - System.currentTimeMillis());
                for (int series = 0; series < SERIES; series++) {
                    if (tick >= first(series)) {
                        byte[] value = ByteBuffer.allocate(Float.BYTES)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .putFloat(value(series, tick))
                                .array();
                        producer.send(new ProducerRecord<>(
                                topic, series % CrashFeed.PARTITIONS, dueMs(tick), keys[series], value));
                    }
                }
                ticks = tick + 1;
            }
        }
    }

    /** Ends it; everything sent is on the topic. */
    void finish() throws InterruptedException {
        finish = true;
        thread.join();
    }

    long dueMs(long tick) {
        return startMs + tick * PERIOD_MS;
    }

    /** The tick of a record's timestamp. */
    long tick(long timestampMs) {
        return (timestampMs - startMs) / PERIOD_MS;
    }

    /** The tick of the first sample of a series. */
    int first(int series) {
        return series % window.hop();
    }

    /** In steps of a sixteenth, so that a half of it is exact. */
    static float value(int series, long tick) {
        return (tick * 7919 + series * 31L) % 97 / 16f;
    }

    /** Windows of a series that are complete. */
    long windows(int series) {
        return Math.max(0, (ticks - first(series) - window.length()) / window.hop() + 1);
    }

    /** The tick behind the last sample of a series that no window to come will touch. */
    long answered(int series) {
        return first(series) + windows(series) * window.hop();
    }

    /** The tick of the sample that completes the last window over the sample of {@code tick}, which is answered then. */
    long completing(int series, long tick) {
        long index = tick - first(series);
        return first(series) + index / window.hop() * window.hop() + window.length() - 1;
    }
}
