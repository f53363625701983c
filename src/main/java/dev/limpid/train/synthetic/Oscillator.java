package dev.limpid.train.synthetic;

/** A sine of steady frequency, by turning a vector once a sample instead of asking for its sine. */
final class Oscillator {
    private Oscillator() {}

    /** Adds {@code amplitude · sin(2π(frequency·i + phase))}; frequency and phase in turns. */
    static void add(double frequency, double phase, double amplitude, float[] out) {
        double turn = 2 * Math.PI * frequency;
        double cosine = Math.cos(turn);
        double sine = Math.sin(turn);
        double x = amplitude * Math.cos(2 * Math.PI * phase);
        double y = amplitude * Math.sin(2 * Math.PI * phase);
        for (int i = 0; i < out.length; i++) {
            out[i] += (float) y;
            double next = x * cosine - y * sine;
            y = x * sine + y * cosine;
            x = next;
        }
    }
}
