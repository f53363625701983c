package dev.limpid.demo;

import dev.limpid.demo.Sensor.Strip;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends what a fleet measures to the raw topic, as JSON blocks {@code {"ts":…,"samples":[…]}}, keyed by the sensor's name, in
 * simulated time that runs {@code speed} times as fast as the clock. If the machine cannot keep up, simulated time runs
 * slower: the feed waits while {@value #MOST_WAITING} records per sensor have no answer, and runs at the clock's speed while it is told
 * to. One thread.
 */
final class Feed implements Runnable {
    private static final long LEAST_WAIT_NANOS = 1_000_000;
    private static final int MOST_WAITING = 100;

    private final Fleet fleet;
    private final Ledger ledger;
    private final String bootstrapServers;
    private final String topic;
    private final int blockLength;
    private final long blocks;
    private final double speed;
    private final long epochMs;
    private final LongPredicate slow;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile long sentBlocks;
    private volatile long tookNanos;

    /**
     * @param blocks records per sensor
     * @param epochMs timestamp of the first sample
     * @param slow whether a moment of simulated time, in ms since the run's beginning, is to last as long as by the clock
     */
    Feed(
            Fleet fleet,
            Ledger ledger,
            String bootstrapServers,
            String topic,
            int blockLength,
            long blocks,
            double speed,
            long epochMs,
            LongPredicate slow) {
        this.fleet = fleet;
        this.ledger = ledger;
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
        this.blockLength = blockLength;
        this.blocks = blocks;
        this.speed = speed;
        this.epochMs = epochMs;
        this.slow = slow;
    }

    @Override
    public void run() {
        List<Sensor> sensors = fleet.sensors();
        List<byte[]> keys = sensors.stream()
                .map(sensor -> sensor.name().getBytes(StandardCharsets.UTF_8))
                .toList();
        double periodNanos = blockLength / fleet.sampleRateHz() / speed * 1e9 / sensors.size();
        long start = System.nanoTime();
        long held = 0;
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (long turn = 0;
                    turn < blocks * sensors.size() && !Thread.currentThread().isInterrupted();
                    turn++) {
                int sensor = (int) (turn % sensors.size());
                Strip strip = sensors.get(sensor).next(blockLength);
                byte[] value = json(epochMs + strip.startMs(), strip);
                held += holdBack(sensors.size());
                held += slow.test(strip.startMs()) ? (long) (periodNanos * Math.max(0, speed - 1)) : 0;
                waitUntil(start + held + (long) (turn * periodNanos));
                ledger.sent(sensor, strip, System.nanoTime());
                sentBlocks = turn / sensors.size();
                // the callback hears what became of it
                Future<RecordMetadata> unused = producer.send(
                        new ProducerRecord<>(topic, null, epochMs + strip.startMs(), keys.get(sensor), value),
                        (metadata, problem) ->
                                (problem == null ? acknowledged : failed).addAndGet(problem == null ? blockLength : 1));
            }
        }
        tookNanos = System.nanoTime() - start;
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers, ProducerConfig.LINGER_MS_CONFIG, "2"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Waits for answers; gives the nanoseconds that it took, for simulated time stands still meanwhile. */
    private long holdBack(int sensors) {
        long from = System.nanoTime();
        while (ledger.waiting() > (long) MOST_WAITING * sensors
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(LEAST_WAIT_NANOS);
        }
        return System.nanoTime() - from;
    }

    private static void waitUntil(long nanos) {
        // not for every single record: waking up costs more than sending
        for (long left = nanos - System.nanoTime(); left > LEAST_WAIT_NANOS; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    static byte[] json(long timestampMs, Strip strip) {
        StringBuilder text = new StringBuilder(16 + 8 * strip.length());
        text.append("{\"ts\":").append(timestampMs).append(",\"samples\":[");
        for (int i = 0; i < strip.length(); i++) {
            float value = strip.raw().at(i);
            text.append(i == 0 ? "" : ",").append(Float.isNaN(value) ? "null" : Float.toString(value));
        }
        return text.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** How far the simulation has come: what every sensor has sent, in ms since the run's beginning. */
    long sentMs() {
        return (long) (sentBlocks * blockLength * 1000 / fleet.sampleRateHz());
    }

    /** Samples that the broker has taken. */
    long acknowledged() {
        return acknowledged.get();
    }

    /** Records that the broker has not taken. */
    long failed() {
        return failed.get();
    }

    /** Simulated seconds per second, over the whole feed; NaN until it has ended. */
    double achievedSpeed() {
        double simulatedSeconds = blocks * blockLength / fleet.sampleRateHz();
        return tookNanos == 0 ? Double.NaN : simulatedSeconds / (tookNanos / 1e9);
    }
}
