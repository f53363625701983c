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
import dev.limpid.signal.Kind;
import dev.limpid.train.tokens.Check;
import dev.limpid.train.tokens.Thresholds;
import java.util.List;
import java.util.Map;

/**
 * Lets the exported bytes of a model of tokens be admitted as any model file is, then runs them on held-out windows and compares with the
 * engine that trained them. Bytes that fail are never written.
 */
final class TokenExportCheck {
    /** Of negative log-likelihoods, probabilities and scores. */
    private static final double TOLERANCE = 2e-3;

    /** Share of the places where two numbers of missing tokens may be about as likely and change places. */
    private static final double TIES = 0.01;

    /** Share of the places where a token may have a part by one engine only, as two prototypes are about as near, or two checks as far beyond. */
    private static final double OTHER_PARTS = 0.05;

    private TokenExportCheck() {}

    /** @throws TrainingRefused if both differ by more than what rounding makes of it, or the bytes are no model that Limpid admits */
    static void check(
            byte[] bytes,
            ModelMetadata metadata,
            TokenGraph graph,
            Map<String, float[]> weights,
            Thresholds thresholds,
            long... ids)
            throws TrainingRefused {
        String what = "export of " + metadata.name() + " refused";
        int length = metadata.windowLength();
        int windows = ids.length / length;
        TokenJudge.Said said;
        float[] contribution;
        try (TorchTokenOps ops = TorchTokenOps.of(weights)) {
            said = TokenJudge.said(graph, ops, ids);
            contribution = TokenJudge.contribution(graph, ops, thresholds, ids);
        }
        Expected pipeline = new Expected(metadata.name(), 1, length, windows, Kind.TOKENS);
        try (Denoiser denoiser =
                ModelFile.open(bytes, metadata.name(), Provider.CPU, pipeline).denoiser()) {
            WindowBatch batch = new WindowBatch(windows, 1, length);
            for (int i = 0; i < ids.length; i++) {
                if (i % length == 0) {
                    batch.add();
                }
                batch.x().put(i, (float) ids[i]);
            }
            Reconstruction out = new Reconstruction(windows, 1, length);
            denoiser.denoise(batch, 0, windows, out);
            double worst = 0;
            int otherCounts = 0;
            int otherParts = 0;
            for (int i = 0; i < ids.length; i++) {
                worst = Math.max(worst, Math.abs(out.error().get(i) - said.error()[i]));
                worst = Math.max(worst, Math.abs(out.confidence().get(i) - said.confidence()[i]));
                worst = Math.max(worst, Math.abs(out.missingBefore().get(i) - said.missingBefore()[i]));
                otherCounts += out.missingCount().get(i) == (long) said.missingCount()[i] ? 0 : 1;
                otherParts += Math.abs(out.contribution().get(i) - contribution[i]) <= TOLERANCE ? 0 : 1;
                // two tokens that are about as likely may change places
                boolean clear = said.confidence()[i] > 0.5 + TOLERANCE;
                worst = Math.max(worst, clear && out.clean().get(i) != said.clean()[i] ? 1 : 0);
            }
            if (otherCounts > TIES * ids.length || otherParts > OTHER_PARTS * ids.length) {
                worst = Math.max(worst, 1);
            }
            for (int window = 0; window < windows; window++) {
                double score = 0;
                for (Check check : Check.values()) {
                    score = Math.max(score, said.value(window, check) / thresholds.of(check));
                }
                // two checks that are about as far beyond may change places
                Check told = Check.at(out.reason().get(window));
                double share = said.value(window, told) / thresholds.of(told);
                worst = Math.max(worst, (score - share) / Math.max(1, score));
                worst = Math.max(worst, Math.abs(out.score().get(window) - score) / Math.max(1, score));
            }
            if (!(worst <= TOLERANCE)) {
                throw new TrainingRefused(
                        what,
                        List.of("ONNX Runtime and torch differ by " + worst + " on held-out windows, tolerated are "
                                + TOLERANCE));
            }
        } catch (ModelRefused | DenoiserException e) {
            throw new TrainingRefused(what, List.of(String.valueOf(e.getMessage())));
        }
    }
}
