package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.train.CsvRecording;
import dev.limpid.train.Recording;
import dev.limpid.train.Supervision;
import dev.limpid.train.TrainingRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads noisy recordings and marks in them what is not to be trained on: spans that were excluded become NaN, and a NaN stands wherever time
 * steps by more than a sample and a half, or than {@code gaps.max} where no rate is known. What is wrong is collected.
 */
final class NoisyFiles {
    private static final double STEP = 1.5;
    private final Definition definition;
    private final List<Span> excluded;
    private final List<String> problems;
    private long left;
    private long all;

    NoisyFiles(Definition definition, List<Span> excluded, List<String> problems) {
        this.definition = definition;
        this.excluded = List.copyOf(excluded);
        this.problems = problems;
    }

    /** How much is usable, for people; empty if everything is. */
    String summary() {
        return left == all ? "" : left + " of " + all + " noisy samples; the others are missing or excluded";
    }

    /** One recording per file, or per column of a one-channel pipeline; for two sensors both side by side. */
    List<Recording> read(NoisyOptions options, Supervision supervision) throws IOException {
        List<String> channels = definition.input().channels();
        if (!(supervision instanceof Supervision.NoiseToNoise pairs)) {
            if (!options.paired().isEmpty()) {
                problems.add("--paired is for train.supervision noise2noise");
            }
            return recordings(options.noisy(), channels);
        }
        if (!pairs.second().isEmpty()) {
            List<String> both = new ArrayList<>(channels);
            both.addAll(pairs.second());
            return recordings(options.noisy(), both);
        }
        if (options.paired().size() != options.noisy().size()) {
            problems.add(
                    options.paired().size() + " --paired for " + options.noisy().size()
                            + " --noisy; noise2noise needs as many, or train.supervision.second to name columns");
            return List.of();
        }
        List<Recording> together = new ArrayList<>();
        for (int i = 0; i < options.noisy().size(); i++) {
            Optional<Rows> first = rows(options.noisy().get(i), channels);
            Optional<Rows> second = rows(options.paired().get(i), channels);
            if (first.isPresent() && second.isPresent()) {
                together.addAll(paired(first.get(), second.get()));
            }
        }
        return together;
    }

    private List<Recording> paired(Rows mine, Rows its) {
        Rows first = mine;
        Rows second = its;
        if (mine.timed && its.timed) {
            // by time, for a sensor may lose samples that the other has
            List<Integer> rows = new ArrayList<>();
            List<Integer> itsRows = new ArrayList<>();
            common(mine.times, its.times, rows, itsRows);
            if (rows.isEmpty()) {
                problems.add("no timestamp of " + mine + " stands in its pair " + its
                        + "; give recordings of the same time, with the same clock");
                return List.of();
            }
            first = mine.of(rows);
            second = its.of(itsRows);
        }
        if (first.times.length != second.times.length || first.recordings.size() != second.recordings.size()) {
            problems.add(first + ", its pair " + second
                    + (first.timed || second.timed ? "" : "; without a column timestamp they are paired row by row"));
            return List.of();
        }
        boolean[] gaps = gaps(first.times);
        boolean[] others = gaps(second.times);
        for (int row = 0; row < gaps.length; row++) {
            gaps[row] |= others[row];
        }
        List<Recording> together = new ArrayList<>();
        for (int i = 0; i < first.recordings.size(); i++) {
            Recording one = marked(first, i, gaps);
            List<float[]> both = new ArrayList<>(one.channels());
            both.addAll(marked(second, i, gaps).channels());
            together.add(new Recording(one.name(), one.sha256(), both));
        }
        return together;
    }

    /** The rows of two files with the same time, in order. */
    private static void common(long[] one, long[] other, List<Integer> mine, List<Integer> theirs) {
        for (int i = 0, k = 0; i < one.length && k < other.length; ) {
            if (one[i] == other[k]) {
                mine.add(i++);
                theirs.add(k++);
            } else if (one[i] < other[k]) {
                i++;
            } else {
                k++;
            }
        }
    }

    private List<Recording> recordings(List<Path> files, List<String> channels) throws IOException {
        List<Recording> recordings = new ArrayList<>();
        for (Path file : files) {
            rows(file, channels).ifPresent(rows -> {
                boolean[] gaps = gaps(rows.times);
                for (int i = 0; i < rows.recordings.size(); i++) {
                    recordings.add(marked(rows, i, gaps));
                }
            });
        }
        return recordings;
    }

    private Optional<Rows> rows(Path file, List<String> channels) throws IOException {
        if (!Files.isReadable(file)) {
            problems.add(file + " cannot be read");
            return Optional.empty();
        }
        try {
            CsvRecording csv = CsvRecording.readWithHoles(file);
            return Optional.of(new Rows(
                    csv.of(channels),
                    times(csv, file),
                    csv.columns(),
                    !csv.timestamps().isEmpty()));
        } catch (TrainingRefused e) {
            problems.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Milliseconds of each row: since the epoch, or since the first row as {@code limpid denoise} counts. */
    private long[] times(CsvRecording csv, Path file) throws TrainingRefused {
        long[] times = new long[csv.recording().samples()];
        double rate = definition.input().sampleRateHz();
        for (int row = 0; row < times.length; row++) {
            if (csv.timestamps().isEmpty()) {
                times[row] = rate > 0 ? Math.round(row * 1_000.0 / rate) : row;
                continue;
            }
            String text = csv.timestamps().get(row);
            Long time = RowTime.parse(text);
            if (time == null) {
                throw new TrainingRefused(
                        "cannot read " + file,
                        List.of("row " + (row + 1) + ", timestamp, is '" + text + "', needs milliseconds or ISO 8601"));
            }
            times[row] = time;
        }
        return times;
    }

    /** In front of which rows time steps. */
    private boolean[] gaps(long[] times) {
        double rate = definition.input().sampleRateHz();
        // timestamps are whole milliseconds
        double most =
                rate > 0 ? STEP * 1_000 / rate + 1 : definition.gaps().max().toMillis();
        boolean[] gaps = new boolean[times.length];
        for (int row = 1; row < times.length; row++) {
            long step = times[row] - times[row - 1];
            gaps[row] = step < 0 || step > most;
        }
        return gaps;
    }

    private Recording marked(Rows of, int index, boolean[] gaps) {
        Recording recording = of.recordings.get(index);
        String column = recording.name().substring(recording.name().indexOf('/') + 1);
        List<Span> spans = excluded.stream()
                .filter(span -> span.concerns(column, of.columns))
                .toList();
        List<Integer> rows = new ArrayList<>();
        boolean whole = true;
        for (int row = 0; row < gaps.length; row++) {
            long time = of.times[row];
            if (gaps[row]) {
                rows.add(-1);
            }
            boolean out = spans.stream().anyMatch(span -> span.holds(time));
            rows.add(out ? -1 : row);
            whole &= !out && !gaps[row];
            all++;
            left += out || missing(recording, row) ? 0 : 1;
        }
        return whole ? recording : picked(recording, rows);
    }

    private static boolean missing(Recording recording, int row) {
        return recording.channels().stream().anyMatch(channel -> Float.isNaN(channel[row]));
    }

    /** The rows in this order, -1 being one of NaN. */
    private static Recording picked(Recording of, List<Integer> rows) {
        List<float[]> channels = new ArrayList<>();
        for (float[] channel : of.channels()) {
            float[] values = new float[rows.size()];
            for (int i = 0; i < values.length; i++) {
                int row = rows.get(i);
                values[i] = row < 0 ? Float.NaN : channel[row];
            }
            channels.add(values);
        }
        return new Recording(of.name(), of.sha256(), channels);
    }

    /** A file as it was read. */
    private static final class Rows {
        private final List<Recording> recordings;
        private final long[] times;
        private final List<String> columns;
        /** Whether the times stand in the file. */
        private final boolean timed;

        Rows(List<Recording> recordings, long[] times, List<String> columns, boolean timed) {
            this.recordings = recordings;
            this.times = times;
            this.columns = columns;
            this.timed = timed;
        }

        /** Some rows of it. */
        Rows of(List<Integer> rows) {
            return new Rows(
                    recordings.stream().map(each -> picked(each, rows)).toList(),
                    rows.stream().mapToLong(row -> times[row]).toArray(),
                    columns,
                    timed);
        }

        @Override
        public String toString() {
            return recordings.get(0).name() + " has " + times.length + " samples"
                    + (recordings.size() > 1 ? " in " + recordings.size() + " columns" : "");
        }
    }
}
