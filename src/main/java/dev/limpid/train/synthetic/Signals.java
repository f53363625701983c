package dev.limpid.train.synthetic;

import dev.limpid.train.Draw;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Draws clean signals from all families: mostly one alone, but also the sum of two, one that another takes over from, and one
 * that swells and fades.
 */
public final class Signals {
    /** A family and how often it is drawn, in relation to the others. */
    public record Share(Family family, double weight) {}

    private static final double SUM = 0.25;
    private static final double TAKE_OVER = 0.08;
    private static final double SWELLING = 0.05;

    private final List<Share> shares;
    private final double total;

    private Signals(List<Share> shares) {
        this.shares = List.copyOf(shares);
        this.total = shares.stream().mapToDouble(Share::weight).sum();
    }

    /** Every family; a third is what comes again and again, which has the most forms. */
    public static Signals all() {
        return new Signals(List.of(
                new Share(new Smooth(2, 400), 0.10),
                new Share(new Tones(1500), 0.08),
                new Share(new Chirp(1000), 0.11),
                new Share(new Steps(60), 0.13),
                new Share(new Pieces(12), 0.06),
                new Share(new Peaks(30), 0.13),
                new Share(new Autoregressive(300), 0.04),
                new Share(new Pulses(25, 600), 0.35)));
    }

    /** One family, nothing mixed in by weight: for looking at it alone. */
    public static Signals of(Family family) {
        return new Signals(List.of(new Share(family, 1)));
    }

    /** The families and their weights. */
    public List<Share> shares() {
        return shares;
    }

    /** For people and for a model's provenance, one phrase. */
    public List<String> phrases() {
        List<String> names = shares.stream()
                .map(share -> String.format(
                        Locale.ROOT,
                        "%s %.0f %%",
                        share.family().getClass().getSimpleName().toLowerCase(Locale.ROOT),
                        100 * share.weight() / total))
                .toList();
        return List.of("made-up signals: " + String.join(", ", names) + "; sums of two in a quarter");
    }

    /** Fills {@code out} with a signal of mean 0 and standard deviation 1 (0 if it happens to be constant). */
    public void draw(RandomGenerator random, float[] out) {
        one(random, out);
        double draw = random.nextDouble();
        if (draw < SUM) {
            float[] other = new float[out.length];
            one(random, other);
            double factor = Math.exp(-0.5 + 0.8 * random.nextGaussian());
            for (int i = 0; i < out.length; i++) {
                out[i] += (float) (factor * other[i]);
            }
        } else if (draw < SUM + TAKE_OVER) {
            float[] other = new float[out.length];
            one(random, other);
            double factor = Math.exp(0.7 * random.nextGaussian());
            int from = (int) (Draw.even(random, 0.1, 0.9) * out.length);
            for (int i = from; i < out.length; i++) {
                out[i] = (float) (factor * other[i]);
            }
        } else if (draw < SUM + TAKE_OVER + SWELLING) {
            Envelope.apply(random, 0.8, out);
        }
        Standard.scale(out);
    }

    private void one(RandomGenerator random, float[] out) {
        double draw = random.nextDouble() * total;
        int index = 0;
        while (index < shares.size() - 1 && draw >= shares.get(index).weight()) {
            draw -= shares.get(index).weight();
            index++;
        }
        shares.get(index).family().draw(random, out);
        Standard.scale(out);
    }
}
