package dev.limpid.demo;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Holds alerts against the injected faults. A fault is found if its sensor raised an alert whose window (from its start to the
 * moment of raising) comes within two seconds of the fault; a raised alert that comes near no fault of its sensor is false. Times are
 * simulated. Mutable, confined to one thread.
 */
final class AlertJudge {
    /** How far an alert may be from its fault. */
    static final long SLACK_MS = 2_000;

    private final List<Fault> faults;
    private final BitSet found = new BitSet();
    private final List<String> falseAlarms = new ArrayList<>();

    AlertJudge(List<Fault> faults) {
        this.faults = faults;
    }

    /** An alert was raised, over the window {@code [startMs, atMs]}. */
    void raised(int sensor, long startMs, long atMs) {
        boolean explained = false;
        for (int i = 0; i < faults.size(); i++) {
            if (faults.get(i).sensor() == sensor && faults.get(i).near(startMs, atMs, SLACK_MS)) {
                found.set(i);
                explained = true;
            }
        }
        if (!explained) {
            falseAlarms.add("sensor " + sensor + " at " + atMs / 1000 + " s");
        }
    }

    boolean found(int fault) {
        return found.get(fault);
    }

    int found() {
        return found.cardinality();
    }

    /** Where and when, for people. */
    List<String> falseAlarms() {
        return falseAlarms;
    }
}
