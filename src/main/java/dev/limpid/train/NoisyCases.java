package dev.limpid.train;

import dev.limpid.eval.Case;
import dev.limpid.eval.Stretch;
import dev.limpid.signal.Floats;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** {@link HeldOutCases} where nobody knows the truth: some samples are hidden and told, which says how well they are predicted. */
final class NoisyCases {
    private static final int BATCHES = 4;
    private static final double HIDDEN = 0.1;

    private NoisyCases() {}

    static HeldOutCases of(HeldOut heldOut, TorchOps ops, List<String> channels, Floats residualScale) {
        List<List<Stretch>> stretches = new ArrayList<>();
        channels.forEach(channel -> stretches.add(new ArrayList<>()));
        List<Float> scores = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(BATCHES);
        for (TrainingBatch batch : heldOut.fresh(BATCHES)) {
            float[] cleaned = heldOut.clean(ops, batch);
            float[] relative = heldOut.relative(ops, batch, cleaned);
            float[] raw = marked(batch.x, batch.observed);
            float[] predicted = hidden(heldOut, ops, batch, random);
            for (int window = 0; window < batch.windows; window++) {
                for (int channel = 0; channel < batch.channels; channel++) {
                    int at = batch.at(window, channel);
                    stretches
                            .get(channel)
                            .add(Stretch.unknown(
                                    part(raw, at, batch.length),
                                    part(cleaned, at, batch.length),
                                    part(predicted, at, batch.length)));
                }
                double score = HeldOut.score(batch, window, relative, residualScale.toArray());
                if (!Double.isNaN(score)) {
                    scores.add((float) score);
                }
            }
        }
        List<Case> cases = new ArrayList<>();
        for (int channel = 0; channel < channels.size(); channel++) {
            cases.add(new Case(channels.get(channel), stretches.get(channel)));
        }
        float[] all = new float[scores.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = scores.get(i);
        }
        return new HeldOutCases(cases, List.of(), Floats.owning(all));
    }

    /** What the model makes of observed samples that it is not shown; NaN elsewhere. */
    private static float[] hidden(HeldOut heldOut, TorchOps ops, TrainingBatch batch, SplittableRandom random) {
        TrainingBatch blind = new TrainingBatch(batch.windows, batch.channels, batch.length);
        System.arraycopy(batch.x, 0, blind.x, 0, blind.x.length);
        System.arraycopy(batch.observed, 0, blind.observed, 0, blind.observed.length);
        float[] told = new float[blind.x.length];
        for (int window = 0; window < batch.windows; window++) {
            for (int i = 0; i < batch.length; i++) {
                if (random.nextDouble() < HIDDEN) {
                    for (int channel = 0; channel < batch.channels; channel++) {
                        int at = batch.at(window, channel) + i;
                        told[at] = batch.observed[at];
                        blind.x[at] = 0;
                        blind.observed[at] = 0;
                    }
                }
            }
        }
        return marked(heldOut.clean(ops, blind), told);
    }

    /** The values where {@code mark} is above 0, else NaN. */
    private static float[] marked(float[] values, float[] mark) {
        float[] out = new float[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = mark[i] > 0 ? values[i] : Float.NaN;
        }
        return out;
    }

    private static Floats part(float[] values, int from, int length) {
        return Floats.owning(Arrays.copyOfRange(values, from, from + length));
    }
}
