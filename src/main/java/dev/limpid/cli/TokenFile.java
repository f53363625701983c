package dev.limpid.cli;

import dev.limpid.codec.Decoder;
import dev.limpid.codec.Decoders;
import dev.limpid.codec.Encoder;
import dev.limpid.codec.Encoders;
import dev.limpid.definition.Definition;
import dev.limpid.definition.Definition.SeriesBy;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.Vocabulary;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.Emitter;
import dev.limpid.pipeline.FailedWindow;
import dev.limpid.pipeline.MemoryStore;
import dev.limpid.pipeline.Pipeline;
import dev.limpid.pipeline.Tally;
import dev.limpid.score.Alert;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Cleans a file of records of tokens, one a line as {@code input.format} has it, with the same {@link Pipeline} that the topology runs.
 * Line {@code i} of the output is line {@code i} of the input. Without a time of their own, lines follow each other without a gap; without a
 * field that names it, they are one series. Used once, by one thread.
 */
final class TokenFile implements Emitter<TokenFile.Line> {
    /** Receives the scores. */
    interface Listener {
        void score(SeriesKey series, WindowScore score) throws IOException;
    }

    /** A line on its way. */
    static final class Line {
        private final byte[] original;
        private byte @Nullable [] cleaned;

        private Line(byte[] original) {
            this.original = original;
        }
    }

    private final Definition definition;
    private final OutputStream out;
    private final Listener listener;
    private final Decoder decoder;
    private final Encoder encoder;
    private final Pipeline<Line> pipeline;
    private final Deque<Line> unwritten = new ArrayDeque<>();
    private long lines;

    /** @param slot the model; stays the caller's */
    TokenFile(Definition definition, ModelSlot slot, OutputStream out, Listener listener) {
        Vocabulary vocabulary = slot.spec().vocabulary();
        this.definition = definition;
        this.out = out;
        this.listener = listener;
        this.decoder = Decoders.of(definition, vocabulary);
        this.encoder = Encoders.of(definition, vocabulary);
        this.pipeline = new Pipeline<>(definition.spec(vocabulary), slot, new MemoryStore<>(), this);
    }

    /**
     * Reads to the end of the file and writes every line.
     *
     * @throws IllegalArgumentException naming the line that cannot be read
     */
    Tally run(InputStream in) throws IOException {
        Lines input = new Lines(in);
        Block block = new Block(1);
        SeriesKey all = SeriesKey.of(definition.pipeline());
        try {
            for (byte[] text = input.next(); text != null; text = input.next()) {
                lines++;
                Line line = new Line(text);
                unwritten.add(line);
                if (text.length == 0) {
                    answered(line, text);
                    continue;
                }
                String problem = decoder.decode(text, 0, block);
                String field = decoder.seriesField();
                if (problem == null && definition.series().by() == SeriesBy.FIELD && field == null) {
                    problem = "series: the field that names the series is missing";
                }
                if (problem != null) {
                    throw new IllegalArgumentException(
                            "line " + lines + ": " + problem + "; a line is a record as input.format: "
                                    + definition.input().format().name().toLowerCase(Locale.ROOT) + " has it");
                }
                pipeline.accept(field == null ? all : SeriesKey.of(field), line, block);
            }
            pipeline.endAll();
            pipeline.flush();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (!unwritten.isEmpty()) {
            throw new IllegalStateException(unwritten.size() + " lines were not answered");
        }
        return pipeline.tally();
    }

    long lines() {
        return lines;
    }

    private void answered(Line line, byte[] cleaned) {
        line.cleaned = cleaned;
        try {
            for (Line next = unwritten.peek(); next != null && next.cleaned != null; next = unwritten.peek()) {
                out.write(next.cleaned);
                out.write('\n');
                unwritten.remove();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void record(SeriesKey series, Line line, CleanedBlock block) {
        answered(line, encoder.record(line.original, block));
    }

    @Override
    public void score(SeriesKey series, WindowScore score) {
        try {
            listener.score(series, score);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void hop(SeriesKey series, CleanedBlock block) {
        throw new IllegalStateException("lines are answered one by one");
    }

    @Override
    public void alert(SeriesKey series, Alert alert) {}

    @Override
    public void failed(SeriesKey series, FailedWindow window) {}
}
