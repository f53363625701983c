package dev.limpid.cli;

import dev.limpid.codec.FrameRow;
import dev.limpid.definition.Definition;
import dev.limpid.model.ModelSlot;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.Emitter;
import dev.limpid.pipeline.FailedWindow;
import dev.limpid.pipeline.Granularity;
import dev.limpid.pipeline.MemoryStore;
import dev.limpid.pipeline.Pipeline;
import dev.limpid.pipeline.PipelineSpec;
import dev.limpid.pipeline.Tally;
import dev.limpid.score.Alert;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Cleans a file of frames, one a row, with the same {@link Pipeline} that the topology runs. All rows are one series, a millisecond
 * apart. Used once, by one thread.
 */
final class FrameDenoise implements Emitter<Long> {
    /** Whose frames they are, in scores. */
    static final SeriesKey SERIES = SeriesKey.of("frames");

    /** Receives what comes of each frame, in the order of the rows. */
    interface Listener {
        /**
         * A frame has been cleaned.
         *
         * @param row from 0 on
         */
        void cleaned(long row, CleanedBlock frame) throws IOException;

        default void score(WindowScore score) throws IOException {}
    }

    private final FrameRow layout;
    private final Pipeline<Long> pipeline;
    private final Block frame;
    private final Listener listener;
    private long rows;

    /** @param slot the model; stays the caller's */
    FrameDenoise(Definition definition, ModelSlot slot, Listener listener) {
        this.layout =
                new FrameRow(definition.input(), definition.input().pixels().orElseThrow());
        PipelineSpec spec = definition.spec();
        this.pipeline =
                new Pipeline<>(spec.with(Granularity.RECORD, spec.maxWindows()), slot, new MemoryStore<>(), this);
        this.frame = new Block(definition.input().channels().size());
        this.listener = listener;
    }

    /**
     * Reads to the end of the file.
     *
     * @throws IllegalArgumentException naming the row that is not as it should be
     */
    Tally run(FrameRows in) throws IOException {
        try {
            for (byte[] line = in.next(); line != null; line = in.next()) {
                frame.begin(rows);
                String problem = layout.read(line, frame);
                if (problem != null) {
                    throw new IllegalArgumentException("row " + (rows + 1) + ": " + problem);
                }
                pipeline.accept(SERIES, rows++, frame);
            }
            pipeline.endAll();
            pipeline.flush();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return pipeline.tally();
    }

    long rows() {
        return rows;
    }

    /** A frame's values as a row. */
    byte[] row(CleanedBlock block) {
        return layout.write(values(block));
    }

    /** The values to send on, {@code [pixel][channel]}. */
    static float[] values(CleanedBlock block) {
        float[] values = new float[block.length() * block.channels()];
        for (int i = 0; i < values.length; i++) {
            values[i] = block.clean(i / block.channels(), i % block.channels());
        }
        return values;
    }

    @Override
    public void record(SeriesKey series, Long row, CleanedBlock block) {
        try {
            listener.cleaned(row, block);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void score(SeriesKey series, WindowScore score) {
        try {
            listener.score(score);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void hop(SeriesKey series, CleanedBlock block) {
        throw new IllegalStateException("frames are answered one by one");
    }

    @Override
    public void alert(SeriesKey series, Alert alert) {}

    @Override
    public void failed(SeriesKey series, FailedWindow window) {}
}
