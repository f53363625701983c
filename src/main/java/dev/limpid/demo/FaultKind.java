package dev.limpid.demo;

import java.util.Locale;

/** What can go wrong with a simulated sensor or its heart. */
enum FaultKind {
    /** A ventricular run: wide tall beats at 1.5 times the rate. The only fault that is in the truth, too. */
    ECTOPIC_RUN,
    /** The electrode is off: the last value for ever. */
    FLAT_LINE,
    /** Spikes of 3 to 6 mV, about eight a second. */
    SPIKE_BURST,
    /** Four times too much gain, cut off at the rails. */
    CLIPPING,
    /** Electrodes exchanged: another lead, inverted and taller. */
    LEAD_SWAP,
    /** Loose contact: a third of the samples missing, a decaying step at each return. */
    DROPOUT,
    /** The gain of the front end drifts to three times or to a quarter, and back. */
    GAIN_DRIFT,
    /** A ground loop: mains hum of 1.5 to 2.5 mV. */
    MAINS_BURST;

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
