package dev.limpid.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says what is wrong with a model from the evidence: rules with fixed bounds, each with the figures that it went by. */
final class Diagnosis {
    /** A held-out loss so much above its best, and above the training loss, is fitting what does not come again. */
    private static final double RISEN = 1.2;

    private static final double APART = 1.5;
    private static final int FEW_WINDOWS = 50;
    /** Factors and shifts that a drifting sensor stays within and a wrong unit does not. */
    private static final double OTHER_SCALE = 5;

    private static final double OTHER_LEVEL = 3;
    private static final double OTHER_RESIDUAL = 2;
    private static final double TAIL = 0.1;

    private Diagnosis() {}

    static List<Finding> of(Evidence evidence, Spectra spectra) {
        List<Finding> findings = new ArrayList<>(new SignalDiagnosis(evidence, spectra).findings());
        evidence.curve().ifPresent(curve -> tooLittleData(curve, findings));
        if (!evidence.leaks().isEmpty()) {
            findings.add(new Finding(Finding.Kind.LEAKAGE, String.join(", ", evidence.leaks())));
        }
        boolean rangesFit = true;
        for (ChannelFacts channel : evidence.channels()) {
            rangesFit &= !unscaled(channel, findings);
        }
        // another unit makes another residual: one finding is enough
        if (rangesFit) {
            mismatched(evidence, findings);
        }
        return findings;
    }

    private static void tooLittleData(LearningCurve curve, List<Finding> findings) {
        long windows = curve.samples() / Math.max(1, curve.windowLength());
        if (windows < FEW_WINDOWS) {
            findings.add(new Finding(
                    Finding.Kind.TOO_LITTLE_DATA,
                    text("the recordings hold %d windows for %,d parameters", windows, curve.parameters())));
            return;
        }
        if (curve.looks().isEmpty()) {
            return;
        }
        LearningCurve.Look last = curve.looks().get(curve.looks().size() - 1);
        double best = curve.looks().stream()
                .mapToDouble(LearningCurve.Look::heldOutLoss)
                .min()
                .orElse(Double.NaN);
        if (last.heldOutLoss() > RISEN * best && last.heldOutLoss() > APART * last.loss()) {
            findings.add(new Finding(
                    Finding.Kind.TOO_LITTLE_DATA,
                    text(
                            "the held-out loss was best at step %d (%.4g) and ended at %.4g, with %.4g in training",
                            curve.bestStep(), best, last.heldOutLoss(), last.loss())));
        }
    }

    private static boolean unscaled(ChannelFacts channel, List<Finding> findings) {
        double scale = channel.deviation() / channel.trainedDeviation();
        double shift = Math.abs(channel.mean() - channel.trainedMean()) / channel.trainedDeviation();
        boolean other = channel.trainedDeviation() > 0
                && (scale > OTHER_SCALE || scale < 1 / OTHER_SCALE || shift > OTHER_LEVEL);
        if (other) {
            findings.add(new Finding(
                    Finding.Kind.UNSCALED_CHANNELS,
                    text(
                            "channel %s has mean %.4g and deviation %.4g here, had %.4g and %.4g in training",
                            channel.name(),
                            channel.mean(),
                            channel.deviation(),
                            channel.trainedMean(),
                            channel.trainedDeviation())));
        }
        return other;
    }

    private static void mismatched(Evidence evidence, List<Finding> findings) {
        if (findings.stream().anyMatch(finding -> finding.kind() == Finding.Kind.NOISE_MISMATCH)) {
            return;
        }
        double beyond = evidence.scores().beyondLast();
        for (ChannelFacts channel : evidence.channels()) {
            double ratio = channel.residual() / channel.calibratedResidual();
            if (ratio > OTHER_RESIDUAL || ratio < 1 / OTHER_RESIDUAL) {
                findings.add(new Finding(
                        Finding.Kind.NOISE_MISMATCH,
                        text(
                                "what is removed from %s has rms %.4g, %.2g times that of calibration",
                                channel.name(), channel.residual(), ratio)));
                return;
            }
        }
        if (beyond > TAIL) {
            findings.add(new Finding(
                    Finding.Kind.NOISE_MISMATCH,
                    text("%.0f %% of the windows score higher than 1 %% did in calibration", 100 * beyond)));
        }
    }

    static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
