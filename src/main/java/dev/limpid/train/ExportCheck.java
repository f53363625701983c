package dev.limpid.train;

import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.onnx.Expected;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.ModelMetadata;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.onnx.Provider;
import java.util.List;

/**
 * Lets the exported bytes be admitted as any model file is (golden windows, batch invariance), then runs them on held-out
 * windows and compares with the engine that trained them. Bytes that fail are never written.
 */
final class ExportCheck {
    private ExportCheck() {}

    /**
     * Checks.
     *
     * @param expected what the training engine makes of {@code batch}
     * @return the greatest absolute difference
     * @throws TrainingRefused if it is above {@code tolerance}, or the bytes are no model that Limpid admits
     */
    static float check(byte[] bytes, ModelMetadata metadata, TrainingBatch batch, float[] expected, float tolerance)
            throws TrainingRefused {
        String what = "export of " + metadata.name() + " refused";
        Expected pipeline =
                new Expected(metadata.name(), batch.channels, batch.length, batch.windows, metadata.cleans());
        try (Denoiser denoiser =
                ModelFile.open(bytes, metadata.name(), Provider.CPU, pipeline).denoiser()) {
            WindowBatch windows = new WindowBatch(batch.windows, batch.channels, batch.length);
            for (int window = 0; window < batch.windows; window++) {
                windows.add();
            }
            windows.x().put(0, batch.x);
            windows.observed().put(0, batch.observed);
            Reconstruction out = new Reconstruction(batch.windows, batch.channels, batch.length);
            denoiser.denoise(windows, 0, batch.windows, out);
            float worst = 0;
            for (int i = 0; i < expected.length; i++) {
                worst = Math.max(worst, Math.abs(out.clean().get(i) - expected[i])); // max keeps NaN
            }
            if (!(worst <= tolerance)) {
                throw new TrainingRefused(
                        what,
                        List.of("ONNX Runtime and torch differ by " + worst + " on held-out windows, tolerated are "
                                + tolerance));
            }
            return worst;
        } catch (ModelRefused | DenoiserException e) {
            throw new TrainingRefused(what, List.of(String.valueOf(e.getMessage())));
        }
    }
}
