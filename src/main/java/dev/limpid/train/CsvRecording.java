package dev.limpid.train;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A recording read from a CSV file, plain or {@code .gz}: a header, then one row per sample. A column named
 * "timestamp" is no channel.
 *
 * @param columns the header's names, in the order of the recording's channels
 * @param timestamps the cells of the column of that name; empty if there is none
 */
public record CsvRecording(List<String> columns, Recording recording, List<String> timestamps) {
    public CsvRecording {
        columns = List.copyOf(columns);
        timestamps = List.copyOf(timestamps);
    }

    /**
     * The file as recordings of a pipeline with the given channels: by the columns' names if they are all there; else in the
     * columns' order if there are as many; else, for one channel, each column as a recording of its own.
     *
     * @throws TrainingRefused if none of these holds
     */
    public List<Recording> of(List<String> channels) throws TrainingRefused {
        if (columns.containsAll(channels)) {
            return List.of(picked(
                    recording.name(), channels.stream().map(columns::indexOf).toList()));
        }
        if (columns.size() == channels.size()) {
            return List.of(recording);
        }
        if (channels.size() == 1) {
            List<Recording> each = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                each.add(picked(recording.name() + "/" + columns.get(i), List.of(i)));
            }
            return each;
        }
        throw new TrainingRefused(
                "cannot use " + recording.name(),
                List.of("its columns are " + columns + ", the pipeline's channels " + channels));
    }

    private Recording picked(String name, List<Integer> places) {
        return new Recording(
                name,
                recording.sha256(),
                places.stream().map(recording.channels()::get).toList());
    }

    /**
     * Reads {@code file}.
     *
     * @throws TrainingRefused naming the file and every row at fault, up to ten
     */
    public static CsvRecording read(Path file) throws IOException, TrainingRefused {
        return read(file, false);
    }

    /** The same, but a cell that is empty or {@code NaN} is a missing value, NaN. */
    public static CsvRecording readWithHoles(Path file) throws IOException, TrainingRefused {
        return read(file, true);
    }

    private static CsvRecording read(Path file, boolean holes) throws IOException, TrainingRefused {
        MessageDigest digest = sha256();
        try (InputStream raw = new DigestInputStream(Files.newInputStream(file), digest);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            Table table = new Table(file, lines.readLine(), holes);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                table.add(line);
            }
            return table.done(HexFormat.of().formatHex(digest.digest()));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Table {
        private static final int MAX_PROBLEMS = 10;
        private final Path file;
        private final List<String> names = new ArrayList<>();
        private final List<Integer> places = new ArrayList<>();
        private final List<String> timestamps = new ArrayList<>();
        private final boolean holes;
        private int timestamp = -1;
        private final List<String> problems = new ArrayList<>();
        private final int width;
        private float[][] values;
        private int rows;

        Table(Path file, @Nullable String header, boolean holes) throws TrainingRefused {
            this.file = file;
            this.holes = holes;
            if (header == null || header.isBlank()) {
                throw new TrainingRefused("cannot read " + file, List.of("it has no header line"));
            }
            String[] all = header.split(",", -1);
            this.width = all.length;
            for (int i = 0; i < all.length; i++) {
                if (!all[i].strip().equals("timestamp")) {
                    names.add(all[i].strip());
                    places.add(i);
                } else {
                    timestamp = i;
                }
            }
            this.values = new float[names.size()][4096];
        }

        void add(String line) {
            if (line.isEmpty() || problems.size() >= MAX_PROBLEMS) {
                return;
            }
            String[] cells = line.split(",", -1);
            if (cells.length != width) {
                problems.add("row " + (rows + 1) + " has " + cells.length + " columns, the header " + width);
                rows++;
                return;
            }
            if (values.length > 0 && rows == values[0].length) {
                for (int c = 0; c < values.length; c++) {
                    values[c] = Arrays.copyOf(values[c], rows * 2);
                }
            }
            if (timestamp >= 0) {
                timestamps.add(cells[timestamp].strip());
            }
            for (int c = 0; c < values.length; c++) {
                values[c][rows] = value(cells[places.get(c)].strip(), names.get(c));
            }
            rows++;
        }

        private float value(String cell, String column) {
            if (holes && (cell.isEmpty() || cell.equals("NaN"))) {
                return Float.NaN;
            }
            try {
                float value = Float.parseFloat(cell);
                if (Float.isFinite(value)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // told below
            }
            problems.add("row " + (rows + 1) + ", column " + column + ", is '" + cell + "', needs a finite number");
            return 0;
        }

        CsvRecording done(String digest) throws TrainingRefused {
            if (names.isEmpty()) {
                problems.add("it has no column but the timestamp");
            } else if (rows == 0) {
                problems.add("it has no rows");
            }
            if (!problems.isEmpty()) {
                throw new TrainingRefused("cannot read " + file, problems);
            }
            List<float[]> channels = new ArrayList<>();
            for (float[] column : values) {
                channels.add(Arrays.copyOf(column, rows));
            }
            return new CsvRecording(
                    names, new Recording(String.valueOf(file.getFileName()), digest, channels), timestamps);
        }
    }
}
