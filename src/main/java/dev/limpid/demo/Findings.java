package dev.limpid.demo;

import java.util.Arrays;
import java.util.List;

/** What the scores, alerts and dead-letter topics say, held against the injected faults. Thread-safe. */
final class Findings {
    private final AlertJudge judge;
    private final float[] scores;
    private final boolean[] raised;
    private long deadLetters;

    Findings(Fleet fleet) {
        this.judge = new AlertJudge(fleet.faults());
        this.scores = new float[fleet.sensors().size()];
        this.raised = new boolean[scores.length];
        Arrays.fill(scores, Float.NaN);
    }

    synchronized void score(int sensor, float score) {
        scores[sensor] = score;
    }

    /** An alert was raised or cleared; times are simulated, since the run's beginning. */
    synchronized void alert(int sensor, boolean raised, long startMs, long atMs) {
        this.raised[sensor] = raised;
        if (raised) {
            judge.raised(sensor, startMs, atMs);
        }
    }

    synchronized void deadLetter() {
        deadLetters++;
    }

    synchronized boolean found(int fault) {
        return judge.found(fault);
    }

    synchronized int foundCount() {
        return judge.found();
    }

    synchronized List<String> falseAlarms() {
        return List.copyOf(judge.falseAlarms());
    }

    /** The sensor's newest score; NaN if there is none. */
    synchronized float score(int sensor) {
        return scores[sensor];
    }

    synchronized boolean raised(int sensor) {
        return raised[sensor];
    }

    synchronized long deadLetters() {
        return deadLetters;
    }
}
