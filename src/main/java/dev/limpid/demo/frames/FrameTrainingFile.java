package dev.limpid.demo.frames;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * The data that {@code models/frames.onnx} is trained on: {@code clean.csv}, {@value #FRAMES} digits, one a row. They are drawn apart
 * from those of every demo.
 */
public final class FrameTrainingFile {
    private static final int FRAMES = 6_000;
    private static final long SEED = 1;

    private FrameTrainingFile() {}

    /** Writes the file into {@code folder}, which is made if need be. */
    public static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        SplittableRandom random = new SplittableRandom(SEED);
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("clean.csv"))) {
            for (int i = 0; i < FRAMES; i++) {
                float[] frame = DigitPen.draw(i % 10, random);
                StringBuilder row = new StringBuilder();
                for (float value : frame) {
                    // as many steps as a byte has, and short text
                    row.append(row.length() == 0 ? "" : ",")
                            .append(value == 0 ? "0" : Float.toString(Math.round(value * 1000) / 1000f));
                }
                out.write(row.append('\n').toString());
            }
        }
    }
}
