package dev.limpid.train;

import dev.limpid.eval.Case;
import dev.limpid.eval.Stretch;
import dev.limpid.signal.Floats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Held-out windows, spoilt afresh, and what a model makes of them: apart from those that calibrated it.
 *
 * @param cases one per channel, a stretch per window; NaN where a sample was hidden
 * @param reproduced the same with the clean windows as input
 * @param scores of the windows
 */
public record HeldOutCases(List<Case> cases, List<Case> reproduced, Floats scores) {
    private static final int BATCHES = 4;

    public HeldOutCases {
        cases = List.copyOf(cases);
        reproduced = List.copyOf(reproduced);
    }

    static HeldOutCases of(HeldOut heldOut, TorchOps ops, List<String> channels, Floats residualScale) {
        List<List<Stretch>> noisy = new ArrayList<>();
        List<List<Stretch>> back = new ArrayList<>();
        channels.forEach(channel -> {
            noisy.add(new ArrayList<>());
            back.add(new ArrayList<>());
        });
        List<Float> scores = new ArrayList<>();
        float[] scale = residualScale.toArray();
        for (TrainingBatch batch : heldOut.fresh(BATCHES)) {
            float[] cleaned = heldOut.clean(ops, batch);
            float[] relative = heldOut.relative(ops, batch, cleaned);
            float[] givenBack = heldOut.clean(ops, truth(batch));
            for (int window = 0; window < batch.windows; window++) {
                for (int channel = 0; channel < batch.channels; channel++) {
                    int from = batch.at(window, channel);
                    Floats clean = part(batch.target, from, batch.length);
                    Floats out = part(cleaned, from, batch.length);
                    noisy.get(channel).add(Stretch.known(seen(batch, from), out, clean));
                    back.get(channel).add(Stretch.known(clean, part(givenBack, from, batch.length), clean));
                }
                double score = HeldOut.score(batch, window, relative, scale);
                if (!Double.isNaN(score)) {
                    scores.add((float) score);
                }
            }
        }
        List<Case> cases = new ArrayList<>();
        List<Case> reproduced = new ArrayList<>();
        for (int channel = 0; channel < channels.size(); channel++) {
            cases.add(new Case(channels.get(channel), noisy.get(channel)));
            reproduced.add(new Case(channels.get(channel), back.get(channel)));
        }
        float[] all = new float[scores.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = scores.get(i);
        }
        return new HeldOutCases(cases, reproduced, Floats.owning(all));
    }

    private static TrainingBatch truth(TrainingBatch of) {
        TrainingBatch truth = new TrainingBatch(of.windows, of.channels, of.length);
        System.arraycopy(of.target, 0, truth.x, 0, truth.x.length);
        Arrays.fill(truth.observed, 1);
        return truth;
    }

    private static Floats seen(TrainingBatch batch, int from) {
        float[] x = Arrays.copyOfRange(batch.x, from, from + batch.length);
        for (int i = 0; i < x.length; i++) {
            x[i] = batch.observed[from + i] > 0 ? x[i] : Float.NaN;
        }
        return Floats.owning(x);
    }

    private static Floats part(float[] values, int from, int length) {
        return Floats.owning(Arrays.copyOfRange(values, from, from + length));
    }
}
