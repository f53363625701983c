package dev.limpid.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Takes gradient steps in a JVM of its own and prints by how many KiB the process grew after the first quarter. With {@code leak},
 * each step leaves a tensor of 4 KiB open.
 */
final class TrainingMemoryProbe {
    private TrainingMemoryProbe() {}

    /** Arguments: {@code close} or {@code leak}; number of steps. */
    public static void main(String[] arguments) throws Exception {
        boolean leak = arguments[0].equals("leak");
        int steps = Integer.parseInt(arguments[1]);
        TrainSpec spec = Toy.spec(Toy.dense(), 1, steps);
        TrainingData data = Toy.data(1);
        Autoencoder autoencoder = Trainer.autoencoder(data, spec);
        BatchSource source = new BatchSource(data, spec, spec.augmentation(), spec.seed());
        FitTask task = new WindowTask(
                autoencoder,
                Trainer.grading(autoencoder, spec),
                source,
                spec.schedule().batch());
        try (Fitter fitter = new Fitter(task, spec.schedule(), spec.seed())) {
            List<Tensor> open = new ArrayList<>();
            long warm = 0;
            for (int step = 0; step < steps; step++) {
                if (step == steps / 4) {
                    warm = residentKib();
                }
                fitter.step(step);
                if (leak) {
                    open.add(Torch.scoped(() -> Torch.keep(Torch.tensor(new float[1024], 1024))));
                }
            }
            System.out.println(residentKib() - warm);
        }
    }

    private static long residentKib() throws Exception {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
