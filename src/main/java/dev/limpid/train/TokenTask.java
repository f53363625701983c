package dev.limpid.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The fitting of a {@link MaskedModel}: cross-entropy of hidden and spoilt tokens and, with less weight, of the others; and that of how many
 * tokens are missing before each. Confined to one thread.
 */
final class TokenTask implements FitTask {
    /** Weight of what is missing beside what is hidden. */
    private static final float MISSING = 1;

    private static final int LOOKS = 8;

    private final MaskedModel model;
    private final TokenBatch.Source source;
    private final TokenBatch batch;
    private final List<TokenBatch> looks = new ArrayList<>();

    /**
     * @param windows per batch
     * @param heldOut where it is looked at; may be the same as {@code source}
     */
    TokenTask(MaskedModel model, TokenBatch.Source source, TokenBatch.Source heldOut, int windows) {
        this.model = model;
        this.source = source;
        this.batch = new TokenBatch(windows, model.length());
        for (int i = 0; i < LOOKS; i++) {
            TokenBatch look = new TokenBatch(64, model.length());
            heldOut.fill(look);
            looks.add(look);
        }
    }

    @Override
    public TorchOps parameters(long seed) {
        return TorchTokenOps.seeded(seed);
    }

    @Override
    public void draw() {
        source.fill(batch);
    }

    @Override
    public Tensor loss(TorchOps ops) {
        return loss((TorchTokenOps) ops, batch);
    }

    private Tensor loss(TorchTokenOps ops, TokenBatch of) {
        MaskedModel.Said<Tensor> said = model.said(ops, Torch.whole(of.ids, of.windows, of.length));
        Tensor token = mean(ops, said.logits(), of.target, of.grade, of);
        return token.add(mean(ops, said.missing(), of.missing, of.real, of).mul(new Scalar(MISSING)));
    }

    /** Weighted mean of the negative log-likelihoods of {@code wanted}. */
    private static Tensor mean(TorchTokenOps ops, Tensor logits, long[] wanted, float[] weights, TokenBatch of) {
        Tensor places = Torch.whole(wanted, of.windows, of.length);
        Tensor likely = ops.pickLast(ops.logSoftmaxLast(logits), places);
        Tensor weight = Torch.tensor(weights, of.windows, of.length);
        return likely.mul(weight).sum().neg().div(weight.sum().add(new Scalar(1e-6f)));
    }

    /** The gain is the share of the hidden and spoilt tokens that would be restored. */
    @Override
    public Look look(Map<String, float[]> weights) {
        try (TorchTokenOps ops = TorchTokenOps.of(weights)) {
            double loss = 0;
            double right = 0;
            double all = 0;
            for (TokenBatch look : looks) {
                loss += Torch.inferring(() -> (double) loss(ops, look).item_float());
                float[] best = Torch.inferring(() -> Torch.array(
                        ops.real(ops.argMaxLast(model.said(ops, Torch.whole(look.ids, look.windows, look.length))
                                .logits()))));
                for (int i = 0; i < best.length; i++) {
                    if (look.grade[i] == 1) {
                        all++;
                        right += best[i] == look.target[i] ? 1 : 0;
                    }
                }
            }
            return new Look(loss / looks.size(), right / Math.max(1, all));
        }
    }
}
