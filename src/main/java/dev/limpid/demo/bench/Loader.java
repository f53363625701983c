package dev.limpid.demo.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Fills an input topic with a {@link BenchSignal}, as fast as the broker takes it. */
final class Loader {
    private Loader() {}

    /** Writes {@code rounds} rounds and returns when the broker has them. */
    static void load(String bootstrap, String topic, BenchSignal signal, long rounds)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(
                Math.min(signal.partitions(), Runtime.getRuntime().availableProcessors()));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Clients.producer(bootstrap))) {
            AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
            List<Future<?>> parts = new ArrayList<>();
            for (int partition = 0; partition < signal.partitions(); partition++) {
                int p = partition;
                parts.add(threads.submit(() -> fill(producer, failure, topic, signal, p, rounds)));
            }
            for (Future<?> part : parts) {
                part.get();
            }
            producer.flush();
            Exception failed = failure.get();
            if (failed != null) {
                throw new IllegalStateException("the input could not be written: " + failed, failed);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void fill(
            KafkaProducer<byte[], byte[]> producer,
            AtomicReference<@Nullable Exception> failure,
            String topic,
            BenchSignal signal,
            int partition,
            long rounds) {
        for (long round = 0; round < rounds; round++) {
            long timestampMs = signal.timestampMs(round);
            for (int s = partition; s < signal.series(); s += signal.partitions()) {
                if (signal.sends(s, round)) {
                    ProducerRecord<byte[], byte[]> record =
                            new ProducerRecord<>(topic, partition, timestampMs, signal.key(s), signal.record(s, round));
                    Future<?> unused = producer.send(record, (sent, e) -> {
                        if (e != null) {
                            failure.set(e);
                        }
                    });
                }
            }
        }
    }
}
