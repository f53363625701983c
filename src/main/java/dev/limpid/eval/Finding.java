package dev.limpid.eval;

/**
 * Something that is wrong with a model, said with numbers.
 *
 * @param kind what
 * @param evidence the figures that show it
 */
public record Finding(Kind kind, String evidence) {
    /** What can be wrong, and what helps. */
    public enum Kind {
        NEAR_IDENTITY(
                "near-identity",
                "the corruption in training was too weak, or not of this kind: raise train.corruption (sigma, snr-db down, more mask)"),
        COLLAPSE(
                "collapse to the mean",
                "the corruption in training left too little to go by: lower train.corruption (snr-db up, less mask) or train longer"),
        BLUR(
                "blur",
                "squared error averages over what it cannot tell: more detail per position (patch 2 or 1), wider networks, longer training,"
                        + " weaker corruption"),
        NOISE_MISMATCH(
                "noise mismatch",
                "the noise here is not what training added: record some and give it as --noise, or match train.corruption to it"),
        LATENT_TOO_SMALL(
                "latent too small",
                "even a clean input is not given back: more or wider train.widths, a smaller patch, or more such signals in training"),
        TOO_LITTLE_DATA("too little data", "more recordings, more augmentation, a smaller network"),
        LEAKAGE(
                "leakage",
                "what is graded was trained on, so the figures are too good: grade on recordings that training has not seen"),
        CORRELATED_NOISE(
                "correlated noise",
                "a blind spot takes what neighbours share for signal: record the noise alone, give it as --noise and set train.supervision"
                        + " to noisier2noise, or use a second sensor (noise2noise)"),
        HIDES_WHAT_MATTERS(
                "hides what matters",
                "what it carries, a label among it, is averaged away: take less of it away, or leave it out of the corruption"),
        UNSCALED_CHANNELS(
                "unscaled channel",
                "values are not in the range of training: check the unit (V or mV), the order of the channels and their offset, or retrain");

        private final String label;
        private final String remedy;

        Kind(String label, String remedy) {
            this.label = label;
            this.remedy = remedy;
        }

        public String label() {
            return label;
        }

        public String remedy() {
            return remedy;
        }
    }

    /** In one line. */
    public String text() {
        return kind.label + ": " + evidence + "; " + kind.remedy;
    }
}
