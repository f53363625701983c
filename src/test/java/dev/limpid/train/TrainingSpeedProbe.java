package dev.limpid.train;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Trains the textbook's dense autoencoder: for every line with a number on stdin it takes so many steps and answers with the
 * seconds of CPU that the whole process spent on them.
 */
final class TrainingSpeedProbe {
    private static final int FRAMES = 2000;
    private static final int PIXELS = 784;

    private TrainingSpeedProbe() {}

    public static void main(String[] arguments) throws Exception {
        OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        TrainSpec spec = spec();
        TrainingData data = data();
        Autoencoder autoencoder = Trainer.autoencoder(data, spec);
        BatchSource source = new BatchSource(data, spec, spec.augmentation(), spec.seed());
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        FitTask task = new WindowTask(
                autoencoder,
                Trainer.grading(autoencoder, spec),
                source,
                spec.schedule().batch());
        try (Fitter fitter = new Fitter(task, spec.schedule(), spec.seed())) {
            int step = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                long start = machine.getProcessCpuTime();
                for (int i = 0; i < Integer.parseInt(line); i++) {
                    fitter.step(step++);
                }
                System.out.println((machine.getProcessCpuTime() - start) / 1e9);
            }
        }
    }

    private static TrainSpec spec() {
        return TrainBlock.read(
                        Map.of(
                                "frame",
                                List.of(1, 28, 28),
                                "network",
                                "dense",
                                "widths",
                                List.of(512),
                                "latent",
                                64,
                                "normalise",
                                "none",
                                "output",
                                "sigmoid",
                                "loss",
                                "cross-entropy",
                                "batch",
                                128,
                                "corruption",
                                List.of(Map.of(
                                        "gaussian",
                                        Map.of("chance", 1, "sigma", 0.25, "in", "unit", "clip", List.of(0, 1))))),
                        new TrainBlock.Target("textbook", "1", List.of("pixel"), PIXELS))
                .spec();
    }

    private static TrainingData data() {
        SplittableRandom random = new SplittableRandom(1);
        float[] values = new float[FRAMES * PIXELS];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble();
        }
        return new TrainingData(List.of(new Recording("random", "", List.of(values))), List.of());
    }
}
