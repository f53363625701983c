package dev.limpid.eval.report;

import dev.limpid.eval.Ticks;
import dev.limpid.signal.Floats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lines over a common axis as inline SVG. Colours come from the page's style sheet, so that one drawing serves light, dark and paper.
 * Confined to one thread.
 */
final class SvgChart {
    private static final int LEFT = 58;
    private static final int RIGHT = 10;
    private static final int TOP = 26;
    private static final int BOTTOM = 38;
    private static final int MOST_POINTS = 1_200;
    /** Of a label, at most. */
    private static final double HALF_LETTER = 4;

    private final int width;
    private final int height;
    private final String xLabel;
    private final String yLabel;
    private final List<Line> lines = new ArrayList<>();

    /** One line; {@code style} picks its colour. */
    private record Line(String label, int style, double start, double step, Floats values) {}

    SvgChart(int width, int height, String xLabel, String yLabel) {
        this.width = width;
        this.height = height;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
    }

    /** Adds a line of values from {@code start} on, {@code step} apart; NaN is a gap. */
    SvgChart line(String label, int style, double start, double step, Floats values) {
        lines.add(new Line(label, style, start, step, values));
        return this;
    }

    @Override
    public String toString() {
        Ticks x = xAxis();
        Ticks y = yAxis();
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s over %s\">%n",
                width,
                height,
                Html.text(yLabel),
                Html.text(xLabel)));
        for (double tick : x.values()) {
            double at = x(tick, x);
            String text = x.label(tick);
            boolean cut = at + HALF_LETTER * text.length() > width;
            svg.append(rule(at, TOP, at, height - BOTTOM))
                    .append(label(cut ? width : at, height - BOTTOM + 14, cut ? "end" : "middle", text));
        }
        for (double tick : y.values()) {
            double at = y(tick, y);
            svg.append(rule(LEFT, at, width - RIGHT, at)).append(label(LEFT - 6, at + 4, "end", y.label(tick)));
        }
        svg.append(label((LEFT + width - RIGHT) / 2.0, height - 6, "middle", xLabel));
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"axis\" transform=\"translate(12 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>%n",
                (TOP + height - BOTTOM) / 2,
                Html.text(yLabel)));
        double legend = LEFT;
        for (Line line : lines) {
            svg.append(String.format(
                    Locale.ROOT, "<path class=\"line s%d\" d=\"%s\"/>%n", line.style(), path(line, x, y)));
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"line s%d\" x1=\"%.0f\" y1=\"11\" x2=\"%.0f\" y2=\"11\"/>%n",
                    line.style(),
                    legend,
                    legend + 18));
            svg.append(label(legend + 23, 15, "start", line.label()));
            legend += 40 + 6.6 * line.label().length();
        }
        return svg.append("</svg>\n").toString();
    }

    private Ticks xAxis() {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Line line : lines) {
            low = Math.min(low, line.start());
            high = Math.max(
                    high, line.start() + line.step() * Math.max(1, line.values().length() - 1));
        }
        return low < high ? new Ticks(low, high, 8) : new Ticks(0, 1, 8);
    }

    private Ticks yAxis() {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Line line : lines) {
            for (int i = 0; i < line.values().length(); i++) {
                if (Float.isFinite(line.values().at(i))) {
                    low = Math.min(low, line.values().at(i));
                    high = Math.max(high, line.values().at(i));
                }
            }
        }
        if (low > high) {
            return new Ticks(0, 1, 5);
        }
        double margin = low == high ? Math.max(1e-6, 0.1 * Math.abs(low)) : 0.05 * (high - low);
        return new Ticks(low - margin, high + margin, 5);
    }

    /** Where there are more values than pixels, the least and the greatest of each stretch. */
    private String path(Line line, Ticks x, Ticks y) {
        StringBuilder path = new StringBuilder();
        Floats values = line.values();
        int stretch = Math.max(1, 2 * values.length() / MOST_POINTS);
        boolean down = false;
        for (int from = 0; from < values.length(); from += stretch) {
            int least = from;
            int greatest = from;
            for (int i = from; i < Math.min(values.length(), from + stretch); i++) {
                least = values.at(i) < values.at(least) ? i : least;
                greatest = values.at(i) > values.at(greatest) ? i : greatest;
            }
            for (int i = Math.min(least, greatest);
                    i <= Math.max(least, greatest);
                    i += Math.max(1, Math.abs(greatest - least))) {
                if (Float.isFinite(values.at(i))) {
                    path.append(String.format(
                            Locale.ROOT,
                            "%s%.1f %.1f",
                            down ? "L" : "M",
                            x(line.start() + i * line.step(), x),
                            y(values.at(i), y)));
                    down = true;
                } else {
                    down = false;
                }
            }
        }
        return path.toString();
    }

    private static String rule(double x1, double y1, double x2, double y2) {
        return String.format(
                Locale.ROOT,
                "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                x1,
                y1,
                x2,
                y2);
    }

    private static String label(double x, double y, String anchor, String text) {
        return String.format(
                Locale.ROOT,
                "<text class=\"axis\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                x,
                y,
                anchor,
                Html.text(text));
    }

    private double x(double value, Ticks axis) {
        return LEFT + (width - LEFT - RIGHT) * (value - axis.low()) / (axis.high() - axis.low());
    }

    private double y(double value, Ticks axis) {
        return TOP + (height - TOP - BOTTOM) * (axis.high() - value) / (axis.high() - axis.low());
    }
}
