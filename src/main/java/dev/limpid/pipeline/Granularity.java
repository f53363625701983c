package dev.limpid.pipeline;

/** What a cleaned output stands for: one input record, or one hop of the series. */
public enum Granularity {
    /** One cleaned record per input record, in the order of the input. */
    RECORD,
    /** One cleaned block per hop, on the time grid, empty slots included. */
    HOP
}
