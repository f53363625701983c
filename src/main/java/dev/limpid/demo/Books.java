package dev.limpid.demo;

import dev.limpid.signal.WindowSpec;

/** What is kept of a run: samples and signal, faults and alerts, models. */
record Books(Ledger ledger, Findings findings, ModelWatch models) {
    static Books of(Fleet fleet, WindowSpec window, long simulatedMs) {
        return new Books(
                new Ledger(fleet, window, DemoRun.BLOCK_LENGTH, simulatedMs),
                new Findings(fleet),
                new ModelWatch(fleet.sensors().size()));
    }
}
