package dev.limpid.demo.bench;

import java.util.Locale;

/** Who does the work. */
public enum Mode {
    /** A consumer and a producer that copy every record, without transactions and without a model. */
    PASSTHROUGH,
    /** A transactional consume-produce loop written by hand, batched inference, nothing kept for a restart. */
    LOOP,
    /** Kafka Streams with one inference per window, windows on the heap. */
    NAIVE,
    /** Kafka Streams with one get and one put of a changelogged RocksDB store per sample, one inference per window. */
    PER_SAMPLE_STORE,
    /** Limpid, one cleaned block per hop. */
    LIMPID_HOP,
    /** Limpid, one cleaned record per input record. */
    LIMPID_RECORD;

    /** Its name in reports and options, such as {@code limpid-hop}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The mode with that {@link #label}. */
    public static Mode of(String label) {
        for (Mode mode : values()) {
            if (mode.label().equals(label)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("no mode '" + label
                + "'; there are passthrough, loop, naive, per-sample-store, limpid-hop and limpid-record");
    }

    boolean limpid() {
        return this == LIMPID_HOP || this == LIMPID_RECORD;
    }

    /** Whether every input record has an output record of its own. */
    boolean recordForRecord() {
        return this == PASSTHROUGH || this == LIMPID_RECORD;
    }
}
