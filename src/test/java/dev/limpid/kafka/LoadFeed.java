package dev.limpid.kafka;

import dev.limpid.signal.WindowSpec;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Series of single samples, frames or tokens at 100 Hz, sent in real time: that of tick {@code t} is due {@code 10·t} ms after the
 * start, which is its timestamp, too. Series begin a tick apart, so that not all windows fall due at once.
 */
final class LoadFeed {
    static final int PERIOD_MS = 10;

    final Load load;

    private final ModelClients clients;
    private final String topic;
    private final WindowSpec window;
    private final long startMs = System.currentTimeMillis() + 100;
    private final Thread thread;
    private volatile boolean finish;
    private volatile long ticks;

    /** Begins to feed a record of each series per {@link #PERIOD_MS}. */
    LoadFeed(ModelClients clients, String topic, Load load) {
        this.clients = clients;
        this.topic = topic;
        this.load = load;
        this.window = load.window;
        thread = new Thread(this::run, "load");
        thread.start();
    }

    private void run() {
        byte[][] keys = new byte[load.series][];
        for (int series = 0; series < load.series; series++) {
            keys[series] = Integer.toString(series).getBytes(StandardCharsets.US_ASCII);
        }
        try (Producer<byte[], byte[]> producer = clients.plain()) {
            for (long tick = 0; !finish; tick++) {
                CrashRig.pause(dueMs(tick) - System.currentTimeMillis());
                for (int series = 0; series < load.series; series++) {
                    if (tick >= first(series)) {
                        byte[] value = load.record(series, tick);
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

    /** The tick of the first record of a series. */
    int first(int series) {
        return series % window.hop();
    }

    /** Windows of a series that are complete. */
    long windows(int series) {
        return Math.max(0, (ticks - first(series) - window.length()) / window.hop() + 1);
    }

    /** The tick behind the last record of a series that no window to come will touch. */
    long answered(int series) {
        long windows = windows(series);
        return first(series) + (windows == 0 ? 0 : window.finalBefore(windows - 1));
    }

    /** The tick of the record that completes the last window over the one of {@code tick}, which is answered then. */
    long completing(int series, long tick) {
        long index = tick - first(series);
        long last = Math.max(0, index - window.finalBefore(0) + window.hop()) / window.hop();
        return first(series) + window.end(last) - 1;
    }
}
