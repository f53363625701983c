package dev.limpid.train;

import dev.limpid.train.tokens.InfilledSpans;
import dev.limpid.train.tokens.Interval;
import dev.limpid.train.tokens.TokenFrequencies;
import dev.limpid.train.tokens.TokenWindows;
import java.util.List;
import java.util.Map;

/**
 * Of spans of two to four tokens that collapsed to one mask, the share whose length a model gives back, where it is known that they did:
 * most masks stand for one token, so without that none missing is often the likeliest.
 */
final class InfilledLengths {
    private static final InfilledSpans SPANS =
            new InfilledSpans(1, new Interval(1, 1), new Interval(2, MaskedModel.MOST_MISSING));

    private static final int BATCHES = 8;
    private static final int WINDOWS = 64;

    private InfilledLengths() {}

    /** Over windows drawn from {@code windows}, a part of whose other tokens is hidden as when the model serves; NaN without such spans. */
    static double of(
            MaskedModel model,
            Map<String, float[]> weights,
            TokenWindows windows,
            TokenFrequencies frequencies,
            long seed) {
        TokenBatch.Source source = new TokenBatch.Source(windows, frequencies, List.of(SPANS), model.masks(), 0, seed);
        TokenBatch batch = new TokenBatch(WINDOWS, model.length());
        int spans = 0;
        int right = 0;
        try (TorchTokenOps ops = TorchTokenOps.of(weights)) {
            for (int i = 0; i < BATCHES; i++) {
                source.fill(batch);
                float[] logits = Torch.inferring(
                        () -> Torch.array(model.said(ops, Torch.whole(batch.ids, batch.windows, batch.length))
                                .missing()));
                for (int place = 0; place < batch.missing.length; place++) {
                    if (batch.missing[place] > 0) {
                        spans++;
                        right += likeliest(logits, place) == batch.missing[place] ? 1 : 0;
                    }
                }
            }
        }
        return spans == 0 ? Double.NaN : right / (double) spans;
    }

    private static int likeliest(float[] logits, int place) {
        int classes = MaskedModel.MOST_MISSING + 1;
        int best = 1;
        for (int count = 2; count < classes; count++) {
            best = logits[place * classes + count] > logits[place * classes + best] ? count : best;
        }
        return best;
    }
}
