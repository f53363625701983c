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

/** Reads frames from a CSV file, plain or {@code .gz}: one frame a row, {@code [channel][row][column]}, without a header. */
public final class FrameRecording {
    private static final int MAX_PROBLEMS = 10;

    private FrameRecording() {}

    /**
     * Reads {@code file}: its frames end to end.
     *
     * @throws TrainingRefused naming the file and every row at fault, up to ten
     */
    public static Recording read(Path file, Frame frame) throws IOException, TrainingRefused {
        MessageDigest digest = sha256();
        List<String> problems = new ArrayList<>();
        float[][] planes = new float[frame.channels()][frame.pixels()];
        int row = 0;
        try (InputStream raw = new DigestInputStream(Files.newInputStream(file), digest);
                InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() || problems.size() >= MAX_PROBLEMS) {
                    continue;
                }
                if ((row + 1) * frame.pixels() > planes[0].length) {
                    for (int channel = 0; channel < planes.length; channel++) {
                        planes[channel] = Arrays.copyOf(planes[channel], 2 * planes[channel].length);
                    }
                }
                String problem = add(line, frame, planes, row++);
                if (!problem.isEmpty()) {
                    problems.add("row " + row + " " + problem);
                }
            }
        }
        if (row == 0) {
            problems.add("it has no rows");
        }
        if (!problems.isEmpty()) {
            throw new TrainingRefused("cannot read " + file, problems);
        }
        int samples = row * frame.pixels();
        return new Recording(
                String.valueOf(file.getFileName()),
                HexFormat.of().formatHex(digest.digest()),
                Arrays.stream(planes)
                        .map(plane -> Arrays.copyOf(plane, samples))
                        .toList());
    }

    private static String add(String line, Frame frame, float[][] planes, int row) {
        String[] cells = line.split(",", -1);
        if (cells.length != frame.channels() * frame.pixels()) {
            return "has " + cells.length + " values, a frame of " + frame + " " + frame.channels() * frame.pixels();
        }
        for (int i = 0; i < cells.length; i++) {
            float value;
            try {
                value = Float.parseFloat(cells[i].strip());
            } catch (NumberFormatException e) {
                value = Float.NaN;
            }
            if (!Float.isFinite(value)) {
                return "has '" + cells[i] + "' at place " + (i + 1)
                        + ", needs a finite number; a file of frames has no header";
            }
            planes[i / frame.pixels()][row * frame.pixels() + i % frame.pixels()] = value;
        }
        return "";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
