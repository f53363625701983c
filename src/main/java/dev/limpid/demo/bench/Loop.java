package dev.limpid.demo.bench;

import dev.limpid.demo.bench.Windows.Filling;
import dev.limpid.model.Denoiser;
import dev.limpid.signal.SeriesKey;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * {@link Mode#LOOP}: one transaction per commit interval around consume, batched inference and produce. It is the practical
 * limit, not an equal: open windows are on the heap only, so a restart loses them.
 */
final class Loop {
    private final Job job;
    private final Meter meter;
    private final Denoiser denoiser;
    private final Wire wire;
    private final Map<SeriesKey, Filling> filling = new HashMap<>();
    private final float[] values = new float[BenchSignal.WINDOW];

    Loop(Job job, Meter meter, Denoiser denoiser) {
        this.job = job;
        this.meter = meter;
        this.denoiser = denoiser;
        this.wire = new Wire(job.layout().format());
    }

    void run(AtomicBoolean running) {
        var reading = Clients.consumer(job.bootstrap());
        reading.put(ConsumerConfig.GROUP_ID_CONFIG, job.group());
        reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        var writing = Clients.producer(job.bootstrap());
        writing.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, job.group());
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(reading);
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(writing)) {
            producer.initTransactions();
            consumer.subscribe(List.of(job.input()));
            Windows windows = new Windows(
                    denoiser,
                    Job.MAX_WINDOWS,
                    meter,
                    (key, partition, startMs, clean, at, score) ->
                            send(producer, key, partition, startMs, clean, at, score));
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            long begunNanos = 0;
            while (running.get() || !offsets.isEmpty()) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(5));
                if (!records.isEmpty() && offsets.isEmpty()) {
                    producer.beginTransaction();
                    begunNanos = System.nanoTime();
                }
                for (TopicPartition partition : records.partitions()) {
                    List<ConsumerRecord<byte[], byte[]>> part = records.records(partition);
                    for (ConsumerRecord<byte[], byte[]> record : part) {
                        accept(windows, record);
                    }
                    offsets.put(
                            partition,
                            new OffsetAndMetadata(part.get(part.size() - 1).offset() + 1));
                }
                if (!offsets.isEmpty() && System.nanoTime() - begunNanos >= job.commitMs() * 1_000_000L) {
                    windows.run();
                    producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
                    producer.commitTransaction();
                    offsets.clear();
                }
            }
        }
    }

    private void accept(Windows windows, ConsumerRecord<byte[], byte[]> record) {
        wire.read(record.value(), values);
        if (job.layout().shape() == BenchCase.Shape.BLOCKS) {
            windows.add(record.key(), record.partition(), record.timestamp(), values);
            return;
        }
        SeriesKey key = SeriesKey.wrap(record.key());
        Filling window = filling.get(key);
        if (window == null) {
            window = new Filling();
            filling.put(key, window);
        }
        if (window.add(values[0], record.timestamp())) {
            windows.add(record.key(), record.partition(), window.startMs, window.values);
        }
    }

    private void send(
            KafkaProducer<byte[], byte[]> producer,
            byte[] key,
            int partition,
            long startMs,
            FloatBuffer clean,
            int at,
            float score) {
        byte[] block = wire.block(startMs, clean, at, BenchSignal.WINDOW);
        // a send that fails makes the commit fail
        Future<?> unused = producer.send(new ProducerRecord<>(job.output(), partition, startMs, key, block));
        byte[] scored = wire.score(startMs, job.endMs(startMs), score);
        unused = producer.send(new ProducerRecord<>(job.scores(), partition, startMs, key, scored));
    }
}
