package dev.limpid.demo.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads cleaned records as they become visible and notes for each how long ago the record was sent that completed its window.
 * {@link #run} on a thread of its own; the rest after that thread has ended.
 */
final class LatencyReader implements Runnable {
    private static final double NANOS_PER_MS = 1e6;
    private final Job job;
    private final BenchSignal signal;
    /** Per series and record, when it was sent; written by the sender before the record can be seen. */
    private final long[][] sentNanos;

    private final int ignoredRecords;
    private final long[] next;
    private double[] latencies = new double[1024];
    private int count;
    private volatile boolean running = true;

    /** @param ignoredRecords so many records of every series are warm-up */
    LatencyReader(Job job, BenchSignal signal, long[][] sentNanos, int ignoredRecords) {
        this.job = job;
        this.signal = signal;
        this.sentNanos = sentNanos;
        this.ignoredRecords = ignoredRecords;
        this.next = new long[signal.series()];
    }

    @Override
    public void run() {
        var settings = Clients.consumer(job.bootstrap());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        Wire wire = new Wire(job.layout().format());
        float[] values = new float[BenchSignal.WINDOW];
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int partition = 0; partition < signal.partitions(); partition++) {
                partitions.add(new TopicPartition(job.output(), partition));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (running) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(50))) {
                    note(BenchSignal.seriesOf(record.key()), wire.read(record.value(), values), System.nanoTime());
                }
            }
        }
    }

    private void note(int s, int samples, long nowNanos) {
        next[s] += samples;
        long windowEnd = (next[s] + BenchSignal.WINDOW - 1) / BenchSignal.WINDOW * BenchSignal.WINDOW;
        int completing = (int) (windowEnd / signal.layout().shape().samples()) - 1;
        if (completing < ignoredRecords || completing >= sentNanos[s].length || sentNanos[s][completing] == 0) {
            // warm-up, or a last window that the end of the input left short
            return;
        }
        if (count == latencies.length) {
            latencies = Arrays.copyOf(latencies, 2 * count);
        }
        latencies[count++] = (nowNanos - sentNanos[s][completing]) / NANOS_PER_MS;
    }

    void stop() {
        running = false;
    }

    /** The latency in milliseconds that a share of {@code probability} does not pass; NaN if there is none. */
    double quantileMs(double probability) {
        double[] sorted = Arrays.copyOf(latencies, count);
        Arrays.sort(sorted);
        return count == 0 ? Double.NaN : sorted[(int) Math.min(count - 1, Math.ceil(probability * count))];
    }
}
