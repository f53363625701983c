package dev.limpid.kafka;

import dev.limpid.definition.Definition;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.Vocabulary;
import dev.limpid.pipeline.PipelineSpec;
import dev.limpid.pipeline.WindowTap;

/**
 * What a topology is made of.
 *
 * @param maxWindows windows per batch; at most the definition's, lower if the transaction timeout asks for it
 * @param caughtUp tells whether a partition's input is read to its end
 * @param counts where the tasks count
 * @param bundled whether the clients tie and untie a {@link Bundle}
 * @param tap looks on at the windows
 * @param pace when to commit
 * @param vocabulary of the model that the pipeline starts with: tokens are read and written by it, whatever model runs
 */
public record Wiring(
        Definition definition,
        ModelSlot slot,
        int maxWindows,
        Limits limits,
        CaughtUp caughtUp,
        Counts counts,
        boolean bundled,
        WindowTap tap,
        CommitPace pace,
        Vocabulary vocabulary) {

    /** It starts with the model that is in the slot. */
    public Wiring(
            Definition definition,
            ModelSlot slot,
            int maxWindows,
            Limits limits,
            CaughtUp caughtUp,
            Counts counts,
            boolean bundled,
            WindowTap tap,
            CommitPace pace) {
        this(
                definition,
                slot,
                maxWindows,
                limits,
                caughtUp,
                counts,
                bundled,
                tap,
                pace,
                slot.spec().vocabulary());
    }

    /** Kafka Streams commits as it will. */
    public Wiring(
            Definition definition,
            ModelSlot slot,
            int maxWindows,
            Limits limits,
            CaughtUp caughtUp,
            Counts counts,
            boolean bundled,
            WindowTap tap) {
        this(definition, slot, maxWindows, limits, caughtUp, counts, bundled, tap, CommitPace.NONE);
    }

    /** With nobody looking on. */
    public Wiring(
            Definition definition,
            ModelSlot slot,
            int maxWindows,
            Limits limits,
            CaughtUp caughtUp,
            Counts counts,
            boolean bundled) {
        this(definition, slot, maxWindows, limits, caughtUp, counts, bundled, WindowTap.NONE);
    }

    /** For clients that know of no bundles. */
    public Wiring(
            Definition definition, ModelSlot slot, int maxWindows, Limits limits, CaughtUp caughtUp, Counts counts) {
        this(definition, slot, maxWindows, limits, caughtUp, counts, false);
    }

    /** The definition as the core knows it, with this batch. */
    PipelineSpec spec() {
        PipelineSpec spec = definition.spec(vocabulary);
        return spec.with(spec.granularity(), maxWindows);
    }

    /** The definition's batch, a broker's default limits, and an input that never counts as read to its end. */
    public static Wiring of(Definition definition, ModelSlot slot) {
        return new Wiring(definition, slot, definition.maxWindows(), Limits.DEFAULT, partition -> false, new Counts());
    }
}
