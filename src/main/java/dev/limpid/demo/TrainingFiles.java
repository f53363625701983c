package dev.limpid.demo;

import dev.limpid.definition.Definition;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The data that {@code models/demo.onnx} and {@code models/demo-plain.onnx} are trained on: {@code clean.csv}, {@value #HEARTS} hearts one after the other, and
 * {@code noise.csv}, {@value #SOURCES} sensors' noise side by side. All of them are drawn apart from every demo fleet (see
 * {@link Fleet#training}), and no fault is among them.
 */
public final class TrainingFiles {
    private static final int HEARTS = 240;
    private static final int SECONDS_PER_HEART = 20;
    private static final int SOURCES = 24;
    private static final int NOISE_SECONDS = 120;
    private static final long SEED = 1;

    private TrainingFiles() {}

    /**
     * Writes both files into {@code folder}, which is made if need be.
     *
     * @param home folder that holds {@code topology/demo.yaml}, which says the channel's name and rate
     */
    public static void write(Path folder, Path home) throws IOException {
        Definition.Input input = DemoModels.definition(home, Map.of()).input();
        write(folder, input.channels().get(0), input.sampleRateHz());
    }

    private static void write(Path folder, String channel, double sampleRateHz) throws IOException {
        Files.createDirectories(folder);
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("clean.csv"))) {
            out.write(channel + "\n");
            for (Sensor sensor : Fleet.training(SEED, HEARTS, sampleRateHz).sensors()) {
                Sensor.Strip strip = sensor.next((int) (SECONDS_PER_HEART * sampleRateHz));
                for (int i = 0; i < strip.length(); i++) {
                    out.write(strip.truth().at(i) + "\n");
                }
            }
        }
        writeNoise(folder.resolve("noise.csv"), sampleRateHz);
    }

    /** Writes the noise alone. */
    static void writeNoise(Path file, double sampleRateHz) throws IOException {
        List<SensorNoise> sources = new ArrayList<>();
        List<String> names = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < SOURCES; i++) {
            sources.add(new SensorNoise(sampleRateHz, random.split()));
            names.add("noise" + i);
        }
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(String.join(",", names) + "\n");
            for (int i = 0; i < NOISE_SECONDS * sampleRateHz; i++) {
                for (int source = 0; source < SOURCES; source++) {
                    out.write((source == 0 ? "" : ",")
                            + (float) sources.get(source).next());
                }
                out.write("\n");
            }
        }
    }
}
