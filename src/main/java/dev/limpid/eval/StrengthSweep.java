package dev.limpid.eval;

import dev.limpid.signal.Floats;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What a model gains, trained for a short time at several strengths of its corruption and graded on the same validation windows: too weak
 * leaves the noise, too strong averages the signal away.
 *
 * @param points by rising strength
 * @param steps of each training
 */
public record StrengthSweep(List<Point> points, int steps) {
    private static final int GRID = 121;
    /** Of a channel's samples: what is hidden less often does not decide what a model learns. */
    private static final double OFTEN = 0.1;
    /** Of a hidden channel's variance: what comes back less is not told by what is left. */
    private static final double TOLD = 0.3;

    public StrengthSweep {
        points = points.stream()
                .sorted(Comparator.comparingDouble(Point::strength))
                .toList();
        if (points.isEmpty()) {
            throw new IllegalArgumentException("a sweep without a point");
        }
    }

    /**
     * One strength.
     *
     * @param strength factor on the definition's corruption
     * @param gainDb on windows that the definition's corruption has spoilt
     * @param hidden what this strength hides
     */
    public record Point(double strength, double gainDb, List<Hidden> hidden) {
        public Point {
            hidden = List.copyOf(hidden);
        }
    }

    /**
     * A channel under a corruption.
     *
     * @param share of its samples that are hidden
     * @param recovered share of the hidden samples' variance that the model gives back; NaN if none is hidden
     */
    public record Hidden(String channel, double share, double recovered) {
        /** Whether much is hidden that nothing else tells. */
        public boolean matters() {
            return share >= OFTEN && recovered < TOLD;
        }
    }

    /** The point that gains most; the weakest of them. */
    public Point best() {
        Point best = points.get(0);
        for (Point point : points) {
            best = point.gainDb() > best.gainDb() ? point : best;
        }
        return best;
    }

    /** What the picked strength hides although nothing else tells it. */
    public List<Finding> findings() {
        return best().hidden().stream()
                .filter(Hidden::matters)
                .map(hidden -> new Finding(
                        Finding.Kind.HIDES_WHAT_MATTERS,
                        String.format(
                                Locale.ROOT,
                                "at strength %s the corruption takes away %.0f %% of channel %s, and of that channel's variance there %.0f %% comes"
                                        + " back: neither neighbours nor other channels tell it",
                                best().strength(),
                                100 * hidden.share(),
                                hidden.channel(),
                                100 * Math.max(0, hidden.recovered()))))
                .toList();
    }

    /** Strength and gain, with a header; the picked one is marked. */
    public List<List<String>> table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("strength", "gain (dB)", "hidden, of which comes back"));
        for (Point point : points) {
            List<String> hidden = point.hidden().stream()
                    .filter(each -> each.share() > 0)
                    .map(each -> String.format(
                            Locale.ROOT,
                            "%s %.0f %%, %.0f %%%s",
                            each.channel(),
                            100 * each.share(),
                            100 * Math.max(0, each.recovered()),
                            each.matters() ? " (!)" : ""))
                    .toList();
            rows.add(List.of(
                    point.strength() + (point.equals(best()) ? " (picked)" : ""),
                    String.format(Locale.ROOT, "%+.2f", point.gainDb()),
                    hidden.isEmpty() ? "nothing" : String.join("; ", hidden)));
        }
        return rows;
    }

    /** Logarithm to the base 2 of the least strength: where {@link #curve} begins. */
    public double start() {
        return Math.log(points.get(0).strength()) / Math.log(2);
    }

    /** The step of {@link #curve} along that logarithm. */
    public double step() {
        return (Math.log(points.get(points.size() - 1).strength()) / Math.log(2) - start()) / (GRID - 1);
    }

    /** The gain, in straight lines from point to point, evenly along the logarithm of the strength. */
    public Floats curve() {
        float[] out = new float[GRID];
        int at = 0;
        for (int i = 0; i < GRID; i++) {
            double x = start() + i * step();
            while (at + 2 < points.size() && log(at + 1) < x) {
                at++;
            }
            Point left = points.get(at);
            Point right = points.get(Math.min(at + 1, points.size() - 1));
            double width = log(Math.min(at + 1, points.size() - 1)) - log(at);
            double share = width > 0 ? Math.min(1, Math.max(0, (x - log(at)) / width)) : 0;
            out[i] = (float) (left.gainDb() + share * (right.gainDb() - left.gainDb()));
        }
        return Floats.owning(out);
    }

    private double log(int point) {
        return Math.log(points.get(point).strength()) / Math.log(2);
    }

    /** As a picture. */
    public SignalPlot plot(String title) {
        return SignalPlot.of(title)
                .timeAxis("strength of the corruption, as a power of 2", step())
                .startingAt(start())
                .panel("gain (dB)")
                .line(String.format(Locale.ROOT, "validation, picked %s", best().strength()), curve().toArray());
    }
}
