package dev.limpid.cli;

import dev.limpid.cli.CsvPlan.Lane;
import dev.limpid.codec.CsvCells;
import dev.limpid.codec.Numbers;
import dev.limpid.definition.Definition;
import dev.limpid.model.ModelSlot;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.Emitter;
import dev.limpid.pipeline.FailedWindow;
import dev.limpid.pipeline.Granularity;
import dev.limpid.pipeline.MemoryStore;
import dev.limpid.pipeline.Pipeline;
import dev.limpid.pipeline.PipelineSpec;
import dev.limpid.pipeline.Quality;
import dev.limpid.pipeline.Tally;
import dev.limpid.score.Alert;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Cleans a CSV file with the same {@link Pipeline} that the topology runs: row {@code i} of the output is row {@code i} of the
 * input with its channels cleaned. Rows are read, answered and written as they come, so a file may be larger than the memory.
 * Used once, by one thread.
 */
final class CsvDenoise implements Emitter<CsvDenoise.Part> {
    private static final Listener NOBODY = new Listener() {
        @Override
        public void cleaned(SeriesKey series, int lane, long firstRow, CleanedBlock block) {}

        @Override
        public void score(SeriesKey series, WindowScore score) {}
    };

    /** Receives what does not go into the cleaned file. */
    interface Listener {
        /** Samples of one lane, the first of them in {@code firstRow}. */
        void cleaned(SeriesKey series, int lane, long firstRow, CleanedBlock block);

        void score(SeriesKey series, WindowScore score) throws IOException;

        /** An alert was raised or cleared; most are not interested. */
        default void alert(SeriesKey series, Alert alert) {}
    }

    /** What the pipeline is given for a value that was read. */
    @FunctionalInterface
    interface Values {
        Values AS_READ = (row, lane, channel, read) -> read;

        float value(long row, int lane, int channel, float read);
    }

    /** The part of one lane in a block of rows. */
    record Part(CsvBlock block, int lane) {}

    private final Definition definition;
    private final CsvInput input;
    private final CsvPlan plan;
    private final OutputStream out;
    private Listener listener = NOBODY;
    private Values values = Values.AS_READ;
    private final Pipeline<Part> pipeline;
    private final List<SeriesKey> keys;
    /** The columns that are cleaned, ascending, and the place of a lane's channel among them: {@code [lane][channel]}. */
    private final int[] columns;

    private final int[][] cellOf;
    /** {@code [lane]}: the samples of the rows that are to go in next. */
    private final Block[] samples;

    private final Deque<CsvBlock> unwritten = new ArrayDeque<>();
    private CsvBlock rows;
    private long read;

    /** @param slot the model; stays the caller's */
    CsvDenoise(Definition definition, boolean eachColumn, ModelSlot slot, InputStream in, OutputStream out)
            throws IOException {
        if (definition.tokens().isPresent()) {
            throw new IllegalArgumentException("pipeline '" + definition.pipeline()
                    + "' cleans tokens, a CSV file of channels is for signals; use limpid denoise or limpid score");
        }
        this.definition = definition;
        this.input = new CsvInput(in);
        this.plan = CsvPlan.of(input.header(), definition, eachColumn);
        this.out = out;
        PipelineSpec spec = definition.spec();
        PipelineSpec recordWise = spec.with(Granularity.RECORD, spec.maxWindows());
        this.pipeline = new Pipeline<>(recordWise, slot, new MemoryStore<>(), this);
        List<Lane> lanes = plan.lanes();
        this.keys = lanes.stream().map(lane -> SeriesKey.of(lane.name())).toList();
        this.columns = lanes.stream()
                .flatMapToInt(lane -> lane.columns().stream().mapToInt(Integer::intValue))
                .sorted()
                .toArray();
        this.cellOf = lanes.stream()
                .map(lane -> lane.columns().stream()
                        .mapToInt(column -> Arrays.binarySearch(columns, column))
                        .toArray())
                .toArray(int[][]::new);
        this.samples =
                lanes.stream().map(lane -> new Block(lane.columns().size())).toArray(Block[]::new);
        this.rows = newBlock();
    }

    private CsvBlock newBlock() {
        return new CsvBlock(read, plan.lanes().size());
    }

    /** Puts other values in the place of those that are read. */
    CsvDenoise giving(Values instead) {
        this.values = instead;
        return this;
    }

    List<String> header() {
        return input.header();
    }

    CsvPlan plan() {
        return plan;
    }

    /**
     * Reads to the end of the file and writes every row.
     *
     * @throws IllegalArgumentException naming the row that is not as it should be
     */
    Tally run(Listener to) throws IOException {
        listener = to;
        try {
            out.write((String.join(
                                    ",",
                                    input.header().stream()
                                            .map(CsvDenoise::quoted)
                                            .toList()) + "\n")
                    .getBytes(StandardCharsets.UTF_8));
            for (byte[] line = input.next(); line != null; line = input.next()) {
                add(line);
                if (rows.size() == plan.rowsPerBlock() || plan.seriesColumn() >= 0) {
                    accept(line);
                }
            }
            if (rows.size() > 0) {
                accept(new byte[0]);
            }
            pipeline.endAll();
            pipeline.flush();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (!unwritten.isEmpty()) {
            throw new IllegalStateException(unwritten.size() + " blocks of rows were not answered");
        }
        return pipeline.tally();
    }

    long rows() {
        return read;
    }

    private void add(byte[] line) {
        CsvCells cells = input.cells();
        int[] from = new int[columns.length];
        int[] to = new int[columns.length];
        for (int cell = 0; cell < columns.length; cell++) {
            from[cell] = cells.start(columns[cell]);
            to[cell] = cells.end(columns[cell]);
        }
        long timeMs = rows.size() == 0 ? timeMs(line) : 0;
        for (int lane = 0; lane < samples.length; lane++) {
            if (rows.size() == 0) {
                samples[lane].begin(timeMs);
            }
            for (int channel = 0; channel < cellOf[lane].length; channel++) {
                float value = value(line, columns[cellOf[lane][channel]]);
                samples[lane].add(values.value(read, lane, channel, value));
            }
        }
        rows.add(line, from, to);
        read++;
    }

    private float value(byte[] line, int column) {
        String text = input.cells().text(line, column);
        if (CsvCells.isMissing(text)) {
            return Float.NaN;
        }
        float value = Numbers.parse(text);
        if (!Float.isFinite(value)) {
            throw input.refusal(
                    "column '" + input.header().get(column) + "' is '" + text + "', wanted a number of float32");
        }
        return value;
    }

    private long timeMs(byte[] line) {
        double rate = definition.input().sampleRateHz();
        if (plan.timestampColumn() < 0) {
            return rate > 0 ? Math.round(read * 1_000.0 / rate) : read;
        }
        String text = input.cells().text(line, plan.timestampColumn());
        Long timeMs = RowTime.parse(text);
        if (timeMs == null || timeMs < 0) {
            throw input.refusal("column '" + input.header().get(plan.timestampColumn()) + "' is '" + text
                    + "', wanted milliseconds since the epoch or 2026-01-31T23:59:59.999Z");
        }
        return timeMs;
    }

    private void accept(byte[] line) {
        CsvBlock block = rows;
        unwritten.add(block);
        rows = newBlock();
        for (int lane = 0; lane < samples.length; lane++) {
            SeriesKey key = plan.seriesColumn() < 0
                    ? keys.get(lane)
                    : SeriesKey.of(input.cells().text(line, plan.seriesColumn()));
            pipeline.accept(key, new Part(block, lane), samples[lane]);
        }
    }

    @Override
    public void record(SeriesKey series, Part part, CleanedBlock cleaned) {
        CsvBlock block = part.block();
        int[] cells = cellOf[part.lane()];
        for (int row = 0; row < cleaned.length(); row++) {
            Quality quality = cleaned.quality(row);
            for (int channel = 0; !quality.passedThrough() && channel < cells.length; channel++) {
                block.replace(row, cells[channel], Numbers.text(cleaned.clean(row, channel)));
            }
        }
        listener.cleaned(series, part.lane(), block.firstRow(), cleaned);
        block.answered();
        try {
            while (!unwritten.isEmpty() && unwritten.peek().complete()) {
                unwritten.remove().write(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        throw new IllegalStateException("rows are answered one by one");
    }

    @Override
    public void alert(SeriesKey series, Alert alert) {
        listener.alert(series, alert);
    }

    @Override
    public void failed(SeriesKey series, FailedWindow window) {}

    /** A cell of text, in quotes if it needs them. */
    static String quoted(String text) {
        boolean plain = text.chars().noneMatch(character -> character == ',' || character == '"' || character == '\n')
                && text.strip().equals(text);
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
