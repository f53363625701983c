package dev.limpid.demo.bench;

import dev.limpid.model.Denoiser;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** {@link Mode#NAIVE} and {@link Mode#PER_SAMPLE_STORE}: a source, one processor and two sinks, exactly once. */
final class StreamsContender implements Contender {
    private static final String CLEANED = "cleaned";
    private static final String SCORES = "scores";
    private final KafkaStreams streams;
    private volatile @Nullable Throwable failure;

    StreamsContender(Job job, Meter meter, Denoiser denoiser) {
        this.streams = new KafkaStreams(topology(job, meter, denoiser), properties(job));
        streams.setUncaughtExceptionHandler(e -> {
            failure = e;
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    }

    private static Topology topology(Job job, Meter meter, Denoiser denoiser) {
        Topology topology = new Topology()
                .addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), job.input());
        if (job.mode() == Mode.NAIVE) {
            topology.addProcessor("work", () -> new NaiveProcessor(job, meter, denoiser), "source");
        } else {
            topology.addProcessor("work", () -> new PerSampleProcessor(job, meter, denoiser), "source")
                    .addStateStore(
                            Stores.keyValueStoreBuilder(
                                            Stores.persistentKeyValueStore(PerSampleProcessor.STORE),
                                            Serdes.Bytes(),
                                            Serdes.ByteArray())
                                    .withCachingDisabled(),
                            "work");
        }
        return topology.addSink(CLEANED, job.output(), new ByteArraySerializer(), new ByteArraySerializer(), "work")
                .addSink(SCORES, job.scores(), new ByteArraySerializer(), new ByteArraySerializer(), "work");
    }

    private static Properties properties(Job job) {
        Properties p = new Properties();
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, job.group());
        p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, job.bootstrap());
        p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, job.commitMs());
        p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        p.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
        p.put(StreamsConfig.STATE_DIR_CONFIG, job.folder());
        p.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 10_000);
        p.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        Clients.consumerTuning().forEach((name, value) -> p.put(StreamsConfig.mainConsumerPrefix(name), value));
        Clients.producerTuning().forEach((name, value) -> p.put(StreamsConfig.producerPrefix(name), value));
        return p;
    }

    /** Sends the two records of a window to the sinks. */
    static void forward(
            ProcessorContext<byte[], byte[]> context,
            Job job,
            Wire wire,
            byte[] key,
            long startMs,
            FloatBuffer clean,
            int at,
            float score) {
        context.forward(new Record<>(key, wire.block(startMs, clean, at, BenchSignal.WINDOW), startMs), CLEANED);
        context.forward(new Record<>(key, wire.score(startMs, job.endMs(startMs), score), startMs), SCORES);
    }

    @Override
    public void start() {
        streams.start();
    }

    @Override
    public boolean ready() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    @Override
    public @Nullable Throwable failure() {
        return failure;
    }

    @Override
    public void stop() {
        streams.close(Duration.ofSeconds(30));
    }
}
