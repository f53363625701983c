package dev.limpid.demo.bench;

import dev.limpid.demo.bench.Windows.Filling;
import dev.limpid.model.Denoiser;
import dev.limpid.signal.SeriesKey;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** {@link Mode#NAIVE}: what people write first. A window is inferred when it is full, alone; open windows are on the heap. */
final class NaiveProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private final BenchCase layout;
    private final Wire wire;
    private final Windows windows;
    private final Map<SeriesKey, Filling> filling = new HashMap<>();
    private final float[] values = new float[BenchSignal.WINDOW];
    private @Nullable ProcessorContext<byte[], byte[]> context;

    NaiveProcessor(Job job, Meter meter, Denoiser denoiser) {
        this.layout = job.layout();
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
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        wire.read(record.value(), values);
        if (layout.shape() == BenchCase.Shape.BLOCKS) {
            windows.add(record.key(), 0, record.timestamp(), values);
            return;
        }
        Filling window = filling.computeIfAbsent(SeriesKey.wrap(record.key()), key -> new Filling());
        if (window.add(values[0], record.timestamp())) {
            windows.add(record.key(), 0, window.startMs, window.values);
        }
    }
}
