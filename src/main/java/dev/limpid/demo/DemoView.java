package dev.limpid.demo;

import dev.limpid.signal.Floats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Puts the state of a run into words: a frame to be redrawn in place on a terminal, or one line. Confined to one thread. */
final class DemoView {
    static final int WIDTH = 78;
    private static final int PLOT_HEIGHT = 3;
    private static final int FAULTS_PER_ROW = 3;
    static final String GREEN = "\033[32m";
    static final String RED = "\033[31m";
    static final String YELLOW = "\033[33m";
    static final String BOLD = "\033[1m";
    static final String DIM = "\033[2m";
    static final String PLAIN = "\033[0m";

    private final DemoSpec spec;
    private final Fleet fleet;
    private final SwapLines swap;
    private ModelWatch.State before;

    DemoView(DemoSpec spec, Fleet fleet) {
        this.spec = spec;
        this.fleet = fleet;
        this.swap = new SwapLines(spec, fleet.sensors().size());
        this.before = new ModelWatch(fleet.sensors().size()).state();
    }

    /**
     * One moment of a run.
     *
     * @param sentPerSecond records per second of the clock, lately
     */
    record Moment(
            Duration elapsed,
            double sentPerSecond,
            double answeredPerSecond,
            Ledger.Figures figures,
            Books books,
            ModelWatch.State models) {
        Findings findings() {
            return books.findings();
        }
    }

    /** One moment, in all forms. */
    DemoFrame frame(Moment now) {
        Optional<String> event = swap.event(before, now);
        before = now.models();
        return new DemoFrame(picture(now), line(now), event);
    }

    /** For a terminal, with ANSI colours; fits 80 columns by 24 rows. */
    private List<String> picture(Moment now) {
        Ledger.Figures figures = now.figures();
        List<String> lines = new ArrayList<>();
        lines.add(BOLD + "limpid demo" + PLAIN
                + text(
                        "  %d simulated ECG sensors, %.0f Hz, %.0fx, seed %d   %s of %s",
                        fleet.sensors().size(),
                        fleet.sampleRateHz(),
                        spec.speed(),
                        spec.seed(),
                        clock(now.elapsed()),
                        clock(spec.duration())));
        lines.add(field(
                "records",
                text(
                        "%,.0f/s sent   %,.0f/s cleaned   %,d waiting",
                        now.sentPerSecond(),
                        now.answeredPerSecond(),
                        figures.sentRecords() - figures.answeredRecords())));
        lines.add(field(
                "samples",
                text(
                        "%,d cleaned, %,d imputed, %,d passed, %,d pending",
                        figures.cleaned(), figures.imputed(), figures.passedThrough(), figures.pending())));
        lines.add(field(
                "latency",
                text(
                        "p50 %.0f ms   p99 %.0f ms   lately %.0f, %.0f   dead letters %d",
                        figures.p50Ms(),
                        figures.p99Ms(),
                        figures.recentP50Ms(),
                        figures.recentP99Ms(),
                        now.findings().deadLetters())));
        lines.add(field(
                "SNR",
                text(
                                "%.1f dB in   %s%.1f dB out%s   %s%+.1f dB%s",
                                figures.snrInDb(),
                                GREEN,
                                figures.snrOutDb(),
                                PLAIN,
                                GREEN,
                                figures.snrOutDb() - figures.snrInDb(),
                                PLAIN)
                        + swap.gains(now)));
        lines.addAll(swap.rows(now));
        int falseAlarms = now.findings().falseAlarms().size();
        lines.add(field(
                "faults",
                text(
                        "%d of %d found  %d missed  %s%d false alarms%s in %.2f simulated series-hours",
                        now.findings().foundCount(),
                        fleet.faults().size(),
                        missed(now),
                        falseAlarms == 0 ? PLAIN : RED,
                        falseAlarms,
                        PLAIN,
                        seriesHours(now))));
        faults(now, lines);
        signal(now, lines);
        return lines;
    }

    /** For a log file. */
    private String line(Moment now) {
        Ledger.Figures figures = now.figures();
        return text(
                "%s  sent %,.0f/s  cleaned %,.0f/s  p50 %.0f ms  p99 %.0f ms  SNR %.1f -> %.1f dB  faults found %d"
                        + " of %d, missed %d, false alarms %d  pending %,d samples  model %s",
                clock(now.elapsed()),
                now.sentPerSecond(),
                now.answeredPerSecond(),
                figures.p50Ms(),
                figures.p99Ms(),
                figures.snrInDb(),
                figures.snrOutDb(),
                now.findings().foundCount(),
                fleet.faults().size(),
                missed(now),
                now.findings().falseAlarms().size(),
                figures.pending(),
                now.models().newest());
    }

    private void faults(Moment now, List<String> lines) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < fleet.faults().size(); i++) {
            Fault fault = fleet.faults().get(i);
            String name = text(
                    "%-13s%-7s",
                    fault.kind().label(), fleet.sensors().get(fault.sensor()).name());
            if (now.findings().found(i)) {
                row.append(GREEN).append("  ● ").append(name);
            } else if (past(fault, now)) {
                row.append(RED).append("  ✗ ").append(name);
            } else if (fault.startMs() < now.figures().answeredMs()) {
                row.append(YELLOW).append("  ◐ ").append(name);
            } else {
                row.append(DIM).append("  ○ ").append(name);
            }
            row.append(PLAIN);
            if ((i + 1) % FAULTS_PER_ROW == 0 || i + 1 == fleet.faults().size()) {
                lines.add(row.toString());
                row.setLength(0);
            }
        }
    }

    private int missed(Moment now) {
        int missed = 0;
        for (int i = 0; i < fleet.faults().size(); i++) {
            missed += past(fleet.faults().get(i), now) && !now.findings().found(i) ? 1 : 0;
        }
        return missed;
    }

    /** Whether its alert should have come; three times the slack, for windows end later than faults. */
    private static boolean past(Fault fault, Moment now) {
        return fault.endMs() + 3 * AlertJudge.SLACK_MS < now.figures().answeredMs();
    }

    private void signal(Moment now, List<String> lines) {
        int sensor = interesting(now);
        Glance.Picture picture = now.books().ledger().picture(sensor);
        double most = 1.6 * fleet.sensors().get(sensor).heart().amplitudeMv();
        lines.add(text(
                "%s   score %.2f   %s",
                fleet.sensors().get(sensor).name(),
                now.findings().score(sensor),
                now.findings().raised(sensor) ? RED + "ALERT" + PLAIN : ""));
        plot(lines, DIM, picture.raw(), most);
        plot(lines, GREEN, picture.clean(), most);
    }

    private static void plot(List<String> lines, String colour, Floats values, double most) {
        Canvas.plot(values, WIDTH, PLOT_HEIGHT, -0.6 * most, most).forEach(line -> lines.add(colour + line + PLAIN));
    }

    /** The sensor whose fault began last among those that still last (or just ended); else the first. */
    private int interesting(Moment now) {
        return fleet.faults().stream()
                .filter(fault -> fault.holds(now.figures().answeredMs())
                        || fault.holds(now.figures().answeredMs() - 4000))
                .reduce((a, b) -> a.startMs() > b.startMs() ? a : b)
                .map(Fault::sensor)
                .orElse(0);
    }

    private double seriesHours(Moment now) {
        return fleet.sensors().size() * now.figures().answeredMs() / 3.6e6;
    }

    static String field(String name, String value) {
        return text("%-9s", name) + value;
    }

    static String clock(Duration time) {
        return text("%d:%02d", time.toMinutes(), time.toSecondsPart());
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
