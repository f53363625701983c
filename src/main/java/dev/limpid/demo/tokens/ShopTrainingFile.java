package dev.limpid.demo.tokens;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The data that {@code models/shop.onnx} is trained on: {@code visits.txt}, {@value #VISITS} visits without a fault, one a line. They are
 * drawn apart from those of every demo.
 */
public final class ShopTrainingFile {
    private static final int VISITS = 4_000;

    /** No demo's: its seeds are not negative. */
    private static final long SEED = -1;

    private ShopTrainingFile() {}

    /** Writes the file into {@code folder}, which is made if need be. */
    public static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        ShopSimulator shop = new ShopSimulator(SEED);
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("visits.txt"))) {
            for (int n = 0; n < VISITS; n++) {
                out.write(String.join(" ", shop.truth(n)) + "\n");
            }
        }
    }
}
