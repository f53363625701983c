package dev.limpid.cli;

import dev.limpid.codec.CsvCells;
import dev.limpid.codec.Numbers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The truth about a file of noisy signals: a CSV with as many rows. NaN where a cell is missing or no number. */
final class ReferenceFile {
    private static final String CLEAN = "clean";
    private final Path file;
    private final boolean alsoInput;
    private final List<String> header;
    private final List<float[]> columns = new ArrayList<>();
    private int rows;

    private ReferenceFile(Path file, boolean alsoInput, CsvInput in) throws IOException {
        this.file = file;
        this.alsoInput = alsoInput;
        this.header = in.header();
        header.forEach(name -> columns.add(new float[1_024]));
        for (byte[] line = in.next(); line != null; line = in.next()) {
            for (int column = 0; column < columns.size(); column++) {
                if (rows == columns.get(column).length) {
                    columns.set(column, Arrays.copyOf(columns.get(column), 2 * rows));
                }
                String text = in.cells().text(line, column);
                columns.get(column)[rows] = CsvCells.isMissing(text) ? Float.NaN : Numbers.parse(text);
            }
            rows++;
        }
    }

    /** @param input the file of noisy signals, which may be the same */
    static ReferenceFile read(Path file, Path input) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            return new ReferenceFile(file, Files.isSameFile(file, input), new CsvInput(in));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    int rows() {
        return rows;
    }

    /** Whether a column of the input holds the truth and is nothing to clean. */
    boolean isTruth(String column) {
        return alsoInput && (column.equals(CLEAN) || column.startsWith(CLEAN + "_"));
    }

    /**
     * The truth about a noisy column: the column of the same name in another file; else {@code clean}; else {@code clean_GROUP} for
     * {@code noisy_GROUP_…}; else the only column.
     *
     * @throws IllegalArgumentException if there is none of these
     */
    float[] of(String noisy) {
        int column = alsoInput ? -1 : header.indexOf(noisy);
        if (column < 0) {
            column = header.indexOf(CLEAN);
        }
        for (int i = 0; column < 0 && i < header.size(); i++) {
            String name = header.get(i);
            boolean group = name.startsWith(CLEAN + "_")
                    && noisy.startsWith("noisy_" + name.substring(CLEAN.length() + 1) + "_");
            column = group ? i : -1;
        }
        if (column < 0 && !alsoInput && header.size() == 1) {
            column = 0;
        }
        if (column < 0) {
            throw new IllegalArgumentException(file + ": no clean values for column '" + noisy + "' among " + header
                    + "; wanted a column of that name, 'clean', or 'clean_GROUP' for 'noisy_GROUP_…'");
        }
        return columns.get(column);
    }
}
