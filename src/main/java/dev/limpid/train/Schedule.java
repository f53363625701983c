package dev.limpid.train;

/**
 * How long and how fast a network is fitted.
 *
 * @param steps gradient steps at most
 * @param batch windows per step
 * @param learningRate AdamW's rate at its height: linear warm-up, then a cosine down to a hundredth
 * @param weightDecay AdamW's decoupled weight decay
 * @param evaluateEvery steps between two looks at the held-out part
 * @param patience looks without improvement after which fitting ends
 * @param descent how each step is taken
 */
public record Schedule(
        int steps,
        int batch,
        double learningRate,
        double weightDecay,
        int evaluateEvery,
        int patience,
        Descent descent) {
    public static final Schedule DEFAULT = new Schedule(4000, 64, 2e-3, 1e-2, 200, 10);

    public Schedule(int steps, int batch, double learningRate, double weightDecay, int evaluateEvery, int patience) {
        this(steps, batch, learningRate, weightDecay, evaluateEvery, patience, Descent.DEFAULT);
    }

    /** The rate at {@code step}, counted from 0. */
    double rate(int step) {
        double warmUp =
                descent.warmUp() >= 0 ? Math.max(1, descent.warmUp()) : Math.max(1, Math.min(200, steps / 10.0));
        double fallen = (step + 1 - warmUp) / Math.max(1, steps - warmUp);
        double shape = step < warmUp ? (step + 1) / warmUp : 0.5 * (1 + Math.cos(Math.PI * Math.min(1, fallen)));
        return learningRate * (0.01 + 0.99 * shape);
    }

    /** The same with another number of steps. */
    public Schedule withSteps(int count) {
        return new Schedule(count, batch, learningRate, weightDecay, evaluateEvery, patience, descent);
    }
}
