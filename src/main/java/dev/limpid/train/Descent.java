package dev.limpid.train;

/**
 * How each step of AdamW (Loshchilov and Hutter 2019, ICLR) is taken.
 *
 * @param warmUp steps over which the rate rises; -1: a tenth of all, at most 200
 * @param clipNorm longest gradient, over all parameters together (Pascanu et al. 2013, ICML)
 * @param average share of the way that the running average of the weights moves at each step at least; early ones move it
 *     further, so that the start is soon forgotten (Polyak and Juditsky 1992)
 * @param accumulate batches whose gradients are averaged into one step: a large batch in the memory of a small one
 */
public record Descent(int warmUp, double clipNorm, double average, int accumulate) {
    public static final Descent DEFAULT = new Descent(-1, 1, 0.003, 1);

    /** The share at {@code step}, counted from 0. */
    float averageShare(int step) {
        return (float) Math.max(average, 10.0 / (step + 20));
    }
}
