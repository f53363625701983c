package dev.limpid.demo.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Fills an input topic with a {@link BenchSignal}, as fast as the broker takes it. */
final class Loader {
    private Loader() {}

    /** Writes {@code rounds} rounds and returns when the broker has them. */
    static void load(String bootstrap, String topic, BenchSignal signal, long rounds)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(
                Math.min(signal.partitions(), Runtime.getRuntime().availableProcessors()));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Clients.producer(bootstrap))) {
            List<Future<?>> parts = new ArrayList<>();
            for (int partition = 0; partition < signal.partitions(); partition++) {
                int p = partition;
                parts.add(threads.submit(() -> fill(producer, topic, signal, p, rounds)));
            }
            for (Future<?> part : parts) {
                part.get();
            }
            producer.flush();
        } finally {
            threads.shutdownNow();
        }
    }

    private static void fill(
            KafkaProducer<byte[], byte[]> producer, String topic, BenchSignal signal, int partition, long rounds) {
        for (long round = 0; round < rounds; round++) {
            long timestampMs = signal.timestampMs(round);
            for (int s = partition; s < signal.series(); s += signal.partitions()) {
                if (signal.sends(s, round)) {
                    Future<?> unused = producer.send(new ProducerRecord<>(
                            topic, partition, timestampMs, signal.key(s), signal.record(s, round)));
                }
            }
        }
    }
}
