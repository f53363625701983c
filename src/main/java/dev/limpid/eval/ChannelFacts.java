package dev.limpid.eval;

/**
 * One channel in training and in the data that are graded, in its unit.
 *
 * @param calibratedResidual root mean square of noisy less cleaned when the model was calibrated
 * @param residual the same here
 * @param trainedMean of the training input; likewise the deviation
 * @param mean of the noisy values here; likewise the deviation
 */
public record ChannelFacts(
        String name,
        double calibratedResidual,
        double residual,
        double trainedMean,
        double trainedDeviation,
        double mean,
        double deviation) {
    /**
     * Sums up a channel's cases.
     *
     * @param calibratedResidual as the model says; likewise what follows
     */
    public static ChannelFacts of(
            String name, double calibratedResidual, double trainedMean, double trainedDeviation, Iterable<Case> cases) {
        double sum = 0;
        double squares = 0;
        double residuals = 0;
        long count = 0;
        for (Case each : cases) {
            for (Stretch stretch : each.stretches()) {
                for (int i = 0; i < stretch.length(); i++) {
                    double value = stretch.noisy().at(i);
                    double residual = value - stretch.cleaned().at(i);
                    if (!Double.isNaN(residual)) {
                        sum += value;
                        squares += value * value;
                        residuals += residual * residual;
                        count++;
                    }
                }
            }
        }
        double mean = sum / count;
        return new ChannelFacts(
                name,
                calibratedResidual,
                Math.sqrt(residuals / count),
                trainedMean,
                trainedDeviation,
                mean,
                Math.sqrt(Math.max(0, squares / count - mean * mean)));
    }
}
