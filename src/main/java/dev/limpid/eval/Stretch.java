package dev.limpid.eval;

import dev.limpid.signal.Floats;

/**
 * One stretch of one channel before and after a model. All sequences have one length or none at all; NaN is what is missing.
 *
 * @param noisy what came in
 * @param cleaned what came out
 * @param clean what is true; empty if nobody knows
 * @param predicted what came out where a sample that is known was hidden from the model, else NaN; empty if that was not tried
 */
public record Stretch(Floats noisy, Floats cleaned, Floats clean, Floats predicted) {
    private static final Floats NONE = Floats.of();

    public Stretch {
        for (Floats other : new Floats[] {cleaned, clean, predicted}) {
            if (other.length() != 0 && other.length() != noisy.length()) {
                throw new IllegalArgumentException("a stretch of " + noisy.length() + " noisy and " + other.length()
                        + " other values; wanted as many");
            }
        }
    }

    /** With the truth at hand. */
    public static Stretch known(Floats noisy, Floats cleaned, Floats clean) {
        return new Stretch(noisy, cleaned, clean, NONE);
    }

    /** Without it. */
    public static Stretch unknown(Floats noisy, Floats cleaned, Floats predicted) {
        return new Stretch(noisy, cleaned, NONE, predicted);
    }

    public boolean isKnown() {
        return clean.length() > 0;
    }

    public int length() {
        return noisy.length();
    }

    /** The same stretch, cleaned by something else. */
    Stretch cleanedBy(float[] values, float[] predictions) {
        return new Stretch(noisy, Floats.owning(values), clean, Floats.owning(predictions));
    }

    /** What was taken away: noisy less cleaned. */
    public Floats removed() {
        return difference(noisy, cleaned);
    }

    /** What should have been taken away: noisy less clean. */
    Floats noise() {
        return difference(noisy, clean);
    }

    /** What is still wrong: cleaned less clean. */
    Floats error() {
        return difference(cleaned, clean);
    }

    private static Floats difference(Floats of, Floats less) {
        float[] out = new float[of.length()];
        for (int i = 0; i < out.length; i++) {
            out[i] = of.at(i) - less.at(i);
        }
        return Floats.owning(out);
    }

    /** The samples {@code [from, to)}. */
    public Stretch part(int from, int to) {
        return new Stretch(
                part(noisy, from, to), part(cleaned, from, to), part(clean, from, to), part(predicted, from, to));
    }

    private static Floats part(Floats of, int from, int to) {
        float[] out = new float[of.length() == 0 ? 0 : to - from];
        for (int i = 0; i < out.length; i++) {
            out[i] = of.at(from + i);
        }
        return Floats.owning(out);
    }
}
