package dev.limpid.demo.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads what a contender committed and holds it against what it had to be: for the input it committed, every series' values,
 * all of them, once, in order, and equal but for rounding (overlap-add divides by the taper it multiplied with).
 */
final class OutputCheck {
    private static final float TOLERANCE = 1e-4f;
    private static final long PATIENCE_MS = 30_000;
    private final BenchSignal signal;
    private final Expectation expectation;
    private final Job job;
    private final List<String> faults = new ArrayList<>();
    private long faultCount;

    OutputCheck(BenchSignal signal, Expectation expectation, Job job) {
        this.signal = signal;
        this.expectation = expectation;
        this.job = job;
    }

    /**
     * Reads and compares.
     *
     * @return the number of cleaned records
     * @throws IllegalStateException if anything is wrong, naming the first few faults
     */
    long check() throws ExecutionException, InterruptedException {
        long[] due = due();
        long[] next = new long[signal.series()];
        Wire wire = new Wire(job.layout().format());
        float[] values = new float[BenchSignal.WINDOW];
        long records = read(job.output(), record -> {
            int s = BenchSignal.seriesOf(record.key());
            int n = wire.read(record.value(), values);
            for (int i = 0; i < n; i++) {
                compare(s, next[s]++, values[i]);
            }
        });
        for (int s = 0; s < next.length; s++) {
            if (next[s] != due[s]) {
                fault("series " + s + " has " + next[s] + " samples, not " + due[s]);
            }
        }
        if (job.mode() != Mode.PASSTHROUGH) {
            checkScores(due);
        }
        if (faultCount > 0) {
            throw new IllegalStateException("output of " + job.mode().label() + " on "
                    + job.layout().label() + " is wrong in " + faultCount + " places: " + faults);
        }
        return records;
    }

    private void checkScores(long[] due) throws InterruptedException {
        long[] next = new long[signal.series()];
        ScoreText text = new ScoreText(job);
        read(job.scores(), record -> {
            int s = BenchSignal.seriesOf(record.key());
            float wanted = expectation.score(s, next[s]);
            float score = text.read(record.value());
            if (!(Math.abs(score - wanted) <= TOLERANCE * Math.max(1, wanted))) {
                fault("series " + s + " window " + next[s] + " scores " + score + ", not " + wanted);
            }
            next[s]++;
        });
        for (int s = 0; s < next.length; s++) {
            if (next[s] != due[s] / BenchSignal.WINDOW) {
                fault("series " + s + " has " + next[s] + " scores, not " + due[s] / BenchSignal.WINDOW);
            }
        }
    }

    private void compare(int s, long sample, float value) {
        float wanted = job.mode() == Mode.PASSTHROUGH ? signal.value(s, sample) : expectation.clean(s, sample);
        if (!(Math.abs(value - wanted) <= TOLERANCE * Math.max(1, Math.abs(wanted)))) {
            fault("series " + s + " sample " + sample + " is " + value + ", not " + wanted);
        }
    }

    private void fault(String what) {
        if (faultCount++ < 5) {
            faults.add(what);
        }
    }

    /** Samples of every series that must have come out, by the offsets the contender committed. */
    private long[] due() throws ExecutionException, InterruptedException {
        long[] due = new long[signal.series()];
        try (Admin admin = Clients.admin(job.bootstrap())) {
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(job.group())
                    .partitionsToOffsetAndMetadata()
                    .get();
            for (int partition = 0; partition < signal.partitions(); partition++) {
                OffsetAndMetadata committed = offsets.get(new TopicPartition(job.input(), partition));
                long[] came = signal.samplesAfter(partition, committed == null ? 0 : committed.offset());
                for (int s = 0; s < due.length; s++) {
                    boolean whole = job.mode() == Mode.PASSTHROUGH;
                    due[s] += whole ? came[s] : came[s] / BenchSignal.WINDOW * BenchSignal.WINDOW;
                }
            }
        }
        return due;
    }

    private long read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) throws InterruptedException {
        var settings = Clients.consumer(job.bootstrap());
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int partition = 0; partition < signal.partitions(); partition++) {
                partitions.add(new TopicPartition(topic, partition));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long records = 0;
            long deadline = System.currentTimeMillis() + PATIENCE_MS;
            while (!atEnd(consumer, partitions, ends)) {
                var polled = consumer.poll(Duration.ofMillis(100));
                polled.forEach(each);
                records += polled.count();
                if (!polled.isEmpty()) {
                    deadline = System.currentTimeMillis() + PATIENCE_MS;
                } else if (System.currentTimeMillis() > deadline) {
                    fault("topic " + topic + " cannot be read to its end " + ends);
                    break;
                }
            }
            return records;
        }
    }

    private static boolean atEnd(
            KafkaConsumer<byte[], byte[]> consumer,
            Collection<TopicPartition> partitions,
            Map<TopicPartition, Long> ends) {
        for (TopicPartition partition : partitions) {
            if (consumer.position(partition) < ends.getOrDefault(partition, 0L)) {
                return false;
            }
        }
        return true;
    }
}
