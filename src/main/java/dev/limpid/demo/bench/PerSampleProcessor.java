package dev.limpid.demo.bench;

import dev.limpid.model.Denoiser;
import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * {@link Mode#PER_SAMPLE_STORE}: the textbook way that survives a restart. Every sample takes its series' window out of a
 * changelogged store and puts it back; a full window is inferred alone.
 */
final class PerSampleProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    static final String STORE = "windows";
    private final Wire wire;
    private final Windows windows;
    private final float[] sample = new float[BenchSignal.WINDOW];
    private final float[] values = new float[BenchSignal.WINDOW];
    private @Nullable ProcessorContext<byte[], byte[]> context;
    private @Nullable KeyValueStore<Bytes, byte[]> store;

    PerSampleProcessor(Job job, Meter meter, Denoiser denoiser) {
        this.wire = new Wire(job.layout().format());
        this.windows = new Windows(denoiser, 1, meter, (key, partition, startMs, clean, at, score) -> {
            ProcessorContext<byte[], byte[]> to = context;
            if (to != null) {
                StreamsContender.forward(to, job, wire, key, startMs, clean, at, score);
            }
        });
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        this.store = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        KeyValueStore<Bytes, byte[]> kept = store;
        if (kept == null) {
            throw new IllegalStateException("not initialised");
        }
        wire.read(record.value(), sample);
        Bytes key = Bytes.wrap(record.key());
        byte[] before = kept.get(key);
        int size = before == null ? 0 : (before.length - Long.BYTES) / Float.BYTES;
        long startMs = record.timestamp();
        if (before != null) {
            ByteBuffer old = ByteBuffer.wrap(before);
            startMs = old.getLong();
            old.asFloatBuffer().get(values, 0, size);
        }
        values[size++] = sample[0];
        if (size == BenchSignal.WINDOW) {
            windows.add(record.key(), 0, startMs, values);
            kept.delete(key);
        } else {
            ByteBuffer now =
                    ByteBuffer.allocate(Long.BYTES + size * Float.BYTES).putLong(startMs);
            now.asFloatBuffer().put(values, 0, size);
            kept.put(key, now.array());
        }
    }
}
