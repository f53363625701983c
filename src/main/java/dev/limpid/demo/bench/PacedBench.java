package dev.limpid.demo.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Measures contenders on an input that comes at a fixed rate: latency, log bytes and heap. */
final class PacedBench {
    private static final int CATCH_UP_SECONDS = 120;
    private final String bootstrap;
    private final Admin admin;
    private final BenchOptions options;

    /** @param admin stays the caller's */
    PacedBench(String bootstrap, Admin admin, BenchOptions options) {
        this.bootstrap = bootstrap;
        this.admin = admin;
        this.options = options;
    }

    PacedRow run(Pace pace) throws IOException, InterruptedException, ExecutionException {
        String name = pace.name() + "-" + pace.mode().label();
        BenchSignal signal = new BenchSignal(pace.layout(), pace.series(), options.partitions(), pace.rateHz());
        Path folder = Files.createTempDirectory("limpid-bench");
        Job job = new Job(
                pace.mode(),
                pace.layout(),
                bootstrap,
                name + ".raw",
                name + ".cleaned",
                name + ".scores",
                name,
                options.model(),
                folder.toString(),
                options.partitions(),
                options.commitMs(),
                pace.rateHz(),
                0,
                true);
        Topics.create(admin, options.partitions(), job.input(), job.output(), job.scores());
        int records = pace.warmRounds() + pace.rounds();
        long[][] sentNanos = new long[pace.series()][records];
        LatencyReader reader = new LatencyReader(job, signal, sentNanos, pace.warmRounds() + pace.rounds() / 3);
        Thread reading = new Thread(reader, "bench-latency");
        try (ChildRun child = ChildRun.start(job, options.childOptions());
                KafkaProducer<byte[], byte[]> producer = producer()) {
            child.awaitReady();
            reading.start();
            send(pace, job, signal, producer, 0, pace.warmRounds(), false, sentNanos);
            producer.flush();
            awaitCaughtUp(job, (long) pace.warmRounds() * pace.series());
            long input = bytes(topic -> topic.equals(job.input()));
            long changelog = bytes(topic -> topic.startsWith(name) && topic.endsWith("-changelog"));
            long output = bytes(topic -> topic.equals(job.output()) || topic.equals(job.scores()));
            send(pace, job, signal, producer, pace.warmRounds(), records, true, sentNanos);
            producer.flush();
            awaitCaughtUp(job, (long) records * pace.series());
            input = bytes(topic -> topic.equals(job.input())) - input;
            changelog = bytes(topic -> topic.startsWith(name) && topic.endsWith("-changelog")) - changelog;
            output = bytes(topic -> topic.equals(job.output()) || topic.equals(job.scores())) - output;
            child.inputEnds();
            Measurement measured = child.await();
            reader.stop();
            reading.join();
            return new PacedRow(
                    pace,
                    reader.quantileMs(0.5),
                    reader.quantileMs(0.99),
                    measured.steadyCpuSeconds() / measured.steadySeconds(),
                    input,
                    changelog,
                    output,
                    (double) measured.heapBytes() / pace.series());
        } finally {
            reader.stop();
            Topics.delete(admin, name);
            Bench.delete(folder);
        }
    }

    /** Waits until the contender has committed that many input records, so that no backlog is counted with what comes next. */
    private void awaitCaughtUp(Job job, long records) throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + CATCH_UP_SECONDS * 1_000_000_000L;
        while (committed(job) < records) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(job.group() + " has committed " + committed(job) + " of " + records
                        + " records after " + CATCH_UP_SECONDS + " s");
            }
            Thread.sleep(20);
        }
    }

    private long committed(Job job) throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(job.group()).partitionsToOffsetAndMetadata().get().values().stream()
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    private KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> settings = Clients.producer(bootstrap);
        // a sensor gateway that does not wait
        settings.put(ProducerConfig.LINGER_MS_CONFIG, "5");
        return new KafkaProducer<>(settings);
    }

    private static void send(
            Pace pace,
            Job job,
            BenchSignal signal,
            KafkaProducer<byte[], byte[]> producer,
            int from,
            int to,
            boolean paced,
            long[][] sentNanos)
            throws InterruptedException {
        long begun = System.nanoTime();
        double nanosPerRecord = 1e9 / pace.recordsPerSecond();
        long sent = 0;
        for (int round = from; round < to; round++) {
            for (int s = 0; s < pace.series(); s++) {
                long earlyMs = paced ? (long) (begun + sent * nanosPerRecord - System.nanoTime()) / 1_000_000 : 0;
                if (earlyMs > 1) {
                    Thread.sleep(earlyMs);
                }
                sentNanos[s][round] = System.nanoTime();
                // paced input has all series begin together: a round is a record of each
                Future<?> unused = producer.send(new ProducerRecord<>(
                        job.input(),
                        signal.partition(s),
                        signal.timestampMs(round),
                        signal.key(s),
                        signal.recordAt(s, round)));
                sent++;
            }
        }
    }

    /** Bytes of the logs of all topics that are wanted. */
    private long bytes(Predicate<String> wanted) throws ExecutionException, InterruptedException {
        List<Integer> brokers = admin.describeCluster().nodes().get().stream()
                .map(node -> node.id())
                .toList();
        long bytes = 0;
        for (Map<String, LogDirDescription> folders :
                admin.describeLogDirs(brokers).allDescriptions().get().values()) {
            for (LogDirDescription folder : folders.values()) {
                for (var replica : folder.replicaInfos().entrySet()) {
                    TopicPartition partition = replica.getKey();
                    if (wanted.test(partition.topic())) {
                        bytes += replica.getValue().size();
                    }
                }
            }
        }
        return bytes;
    }
}
