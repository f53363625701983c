package dev.limpid.demo.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** {@link Mode#PASSTHROUGH}: every record is copied; the offsets are committed once, at the end. */
final class Passthrough {
    private final Job job;
    private final Meter meter;

    Passthrough(Job job, Meter meter) {
        this.job = job;
        this.meter = meter;
    }

    void run(AtomicBoolean running) {
        var settings = Clients.consumer(job.bootstrap());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, job.group());
        int samples = job.layout().shape().samples();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings);
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Clients.producer(job.bootstrap()))) {
            consumer.subscribe(List.of(job.input()));
            while (running.get()) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofMillis(20));
                for (ConsumerRecord<byte[], byte[]> r : records) {
                    Future<?> unused = producer.send(
                            new ProducerRecord<>(job.output(), r.partition(), r.timestamp(), r.key(), r.value()));
                }
                meter.add((long) records.count() * samples);
            }
            producer.flush();
            consumer.commitSync();
        }
    }
}
