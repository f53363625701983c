package dev.limpid.eval;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Paints a {@link SignalPlot}. */
final class PlotPainter {
    private static final int WIDTH = 1200;
    private static final int PANEL_HEIGHT = 300;
    private static final int LEFT = 90;
    private static final int RIGHT = 25;
    private static final int TOP = 50;
    private static final int GAP = 45;
    private static final int BOTTOM = 60;
    private static final Color GRID = new Color(0xE4E4E4);
    private static final Color FRAME = new Color(0x808080);

    /** Grey for what comes first (raw), then colours that colour-blind readers tell apart (Okabe and Ito 2008). */
    private static final List<Color> COLOURS = List.of(
            new Color(0x9A9A9A), new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73), new Color(0xCC79A7));

    private final String title;
    private final String timeLabel;
    private final List<SignalPlot.Panel> panels;
    private final Ticks time;

    PlotPainter(String title, String timeLabel, List<SignalPlot.Panel> panels) {
        this.title = title;
        this.timeLabel = timeLabel;
        this.panels = panels;
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (SignalPlot.Panel panel : panels) {
            for (SignalPlot.Line line : panel.lines()) {
                low = Math.min(low, line.start());
                high = Math.max(high, line.start() + Math.max(1, line.values().length() - 1) * line.step());
            }
        }
        this.time = low < high ? new Ticks(low, high, 10) : new Ticks(0, 1, 10);
    }

    BufferedImage paint() {
        int height = TOP + panels.size() * PANEL_HEIGHT + (panels.size() - 1) * GAP + BOTTOM;
        BufferedImage image = new BufferedImage(WIDTH, Math.max(height, TOP + BOTTOM), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, image.getWidth(), image.getHeight());
        g.setColor(Color.BLACK);
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
        g.drawString(title, LEFT, 32);
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        for (int i = 0; i < panels.size(); i++) {
            paint(g, panels.get(i), TOP + i * (PANEL_HEIGHT + GAP));
        }
        centred(g, timeLabel, (LEFT + WIDTH - RIGHT) / 2, image.getHeight() - 14);
        g.dispose();
        return image;
    }

    private void paint(Graphics2D g, SignalPlot.Panel panel, int top) {
        Ticks values = range(panel);
        int bottom = top + PANEL_HEIGHT;
        for (double tick : time.values()) {
            int x = x(tick);
            g.setColor(GRID);
            g.drawLine(x, top, x, bottom);
            g.setColor(Color.BLACK);
            centred(g, time.label(tick), x, bottom + 18);
        }
        for (double tick : values.values()) {
            int y = (int) Math.round(y(tick, values, top));
            g.setColor(GRID);
            g.drawLine(LEFT, y, WIDTH - RIGHT, y);
            g.setColor(Color.BLACK);
            String label = values.label(tick);
            g.drawString(label, LEFT - 8 - g.getFontMetrics().stringWidth(label), y + 5);
        }
        g.setClip(LEFT, top, WIDTH - LEFT - RIGHT + 1, PANEL_HEIGHT + 1);
        for (int i = 0; i < panel.lines().size(); i++) {
            int colour = colour(panel.lines().get(i).label());
            g.setColor(COLOURS.get(colour));
            g.setStroke(new BasicStroke(colour == 0 ? 1f : 1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            g.draw(path(panel.lines().get(i), values, top));
        }
        g.setClip(null);
        g.setStroke(new BasicStroke(1f));
        g.setColor(FRAME);
        g.drawRect(LEFT, top, WIDTH - LEFT - RIGHT, PANEL_HEIGHT);
        legend(g, panel, top);
        unit(g, panel.unit(), top);
    }

    /** A label has one colour in all panels: its place among the labels, in the order in which they come first. */
    private int colour(String label) {
        List<String> labels = panels.stream()
                .flatMap(panel -> panel.lines().stream())
                .map(SignalPlot.Line::label)
                .distinct()
                .toList();
        return labels.indexOf(label) % COLOURS.size();
    }

    private static Ticks range(SignalPlot.Panel panel) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (SignalPlot.Line line : panel.lines()) {
            for (float value : line.values().toArray()) {
                if (Float.isFinite(value)) {
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
            }
        }
        if (low > high) {
            return new Ticks(0, 1, 6);
        }
        double margin = low == high ? Math.max(1e-6, Math.abs(low) * 0.1) : (high - low) * 0.05;
        return new Ticks(low - margin, high + margin, 6);
    }

    /** A line; where several values fall on one column of pixels, the least and the greatest of them. */
    private Path2D path(SignalPlot.Line line, Ticks values, int top) {
        Path2D path = new Path2D.Double();
        boolean down = false;
        int i = 0;
        float[] all = line.values().toArray();
        while (i < all.length) {
            if (!Float.isFinite(all[i])) {
                down = false;
                i++;
                continue;
            }
            double exact = exactX(line.start() + i * line.step());
            int least = i;
            int greatest = i;
            int next = i + 1;
            while (next < all.length
                    && Float.isFinite(all[next])
                    && exactX(line.start() + next * line.step()) < exact + 1) {
                least = all[next] < all[least] ? next : least;
                greatest = all[next] > all[greatest] ? next : greatest;
                next++;
            }
            for (int k : new int[] {Math.min(least, greatest), Math.max(least, greatest)}) {
                double x = exactX(line.start() + k * line.step());
                double y = y(all[k], values, top);
                if (down) {
                    path.lineTo(x, y);
                } else {
                    path.moveTo(x, y);
                    down = true;
                }
            }
            i = next;
        }
        return path;
    }

    private void legend(Graphics2D g, SignalPlot.Panel panel, int top) {
        int x = LEFT + 12;
        for (int i = 0; i < panel.lines().size(); i++) {
            String label = panel.lines().get(i).label();
            int width = g.getFontMetrics().stringWidth(label);
            g.setColor(new Color(255, 255, 255, 220));
            g.fillRect(x - 6, top + 6, width + 46, 22);
            g.setColor(COLOURS.get(colour(label)));
            g.setStroke(new BasicStroke(3f));
            g.drawLine(x, top + 17, x + 26, top + 17);
            g.setColor(Color.BLACK);
            g.drawString(label, x + 33, top + 22);
            x += width + 60;
        }
        g.setStroke(new BasicStroke(1f));
    }

    private static void unit(Graphics2D g, String unit, int top) {
        AffineTransform upright = g.getTransform();
        g.rotate(-Math.PI / 2, 22, top + PANEL_HEIGHT / 2.0);
        centred(g, unit, 22, top + PANEL_HEIGHT / 2);
        g.setTransform(upright);
    }

    private static void centred(Graphics2D g, String text, int x, int y) {
        g.drawString(text, x - g.getFontMetrics().stringWidth(text) / 2, y);
    }

    private int x(double value) {
        return (int) Math.round(exactX(value));
    }

    private double exactX(double value) {
        return LEFT + (WIDTH - LEFT - RIGHT) * (value - time.low()) / (time.high() - time.low());
    }

    private static double y(double value, Ticks values, int top) {
        return top + PANEL_HEIGHT * (values.high() - value) / (values.high() - values.low());
    }
}
