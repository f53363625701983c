package dev.limpid.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.limpid.model.Denoiser;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Runs windows through a tiny model in a JVM of its own and prints by how many KiB the process grew after the first tenth.
 * With {@code leak}, results are left unclosed, 16 KiB each.
 */
final class MemoryProbe {
    private static final int BATCH = 64;
    private static final int LENGTH = 64;

    private MemoryProbe() {}

    /** Arguments: {@code close} or {@code leak}; number of windows. */
    public static void main(String[] arguments) throws Exception {
        boolean leak = arguments[0].equals("leak");
        int batches = Integer.parseInt(arguments[1]) / BATCH;
        byte[] bytes = TinyModel.halving(1, LENGTH).bytes();
        WindowBatch batch = new WindowBatch(BATCH, 1, LENGTH);
        Reconstruction out = new Reconstruction(BATCH, 1, LENGTH);
        while (!batch.full()) {
            batch.add();
        }
        OrtEnvironment environment = OnnxRuntime.environment();
        try (OrtSession session = environment.createSession(bytes);
                Denoiser denoiser = ModelFile.open(bytes, "tiny", Provider.CPU, new Expected("p", 1, LENGTH, BATCH))
                        .denoiser();
                OnnxTensor x = OnnxTensor.createTensor(environment, batch.x(), new long[] {BATCH, 1, LENGTH})) {
            long warm = 0;
            for (int i = 0; i < batches; i++) {
                if (i == batches / 10) {
                    warm = residentKib();
                }
                if (leak) {
                    session.run(Map.of("x", x));
                } else {
                    denoiser.denoise(batch, 0, BATCH, out);
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
