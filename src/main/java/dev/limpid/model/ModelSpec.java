package dev.limpid.model;

import dev.limpid.signal.Floats;
import dev.limpid.signal.Kind;
import java.util.List;

/**
 * What the pipeline must know of a model.
 *
 * @param id which model
 * @param length samples per window and channel
 * @param channels the channels in the order of the tensor's channel axis
 * @param observed whether the model takes the {@code observed} input (1 observed, 0 missing)
 * @param error whether the model gives the {@code error} output: a non-negative residual in calibrated units
 * @param scoreQuantiles window scores on calibration data at the probabilities 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99;
 *     empty if the model was never calibrated
 * @param range where calibration windows lie, if it is known
 * @param kind what it cleans
 * @param outputs what else it gives
 * @param vocabulary the tokens that it knows; empty if it cleans none
 */
public record ModelSpec(
        ModelId id,
        int length,
        List<ChannelSpec> channels,
        boolean observed,
        boolean error,
        Floats scoreQuantiles,
        WindowRange range,
        Kind kind,
        Outputs outputs,
        Vocabulary vocabulary) {
    public ModelSpec {
        channels = List.copyOf(channels);
    }

    /** A model of signals, of no known range. */
    public ModelSpec(
            ModelId id,
            int length,
            List<ChannelSpec> channels,
            boolean observed,
            boolean error,
            Floats scoreQuantiles) {
        this(id, length, channels, observed, error, scoreQuantiles, WindowRange.UNKNOWN);
    }

    /** A model of signals. */
    public ModelSpec(
            ModelId id,
            int length,
            List<ChannelSpec> channels,
            boolean observed,
            boolean error,
            Floats scoreQuantiles,
            WindowRange range) {
        this(id, length, channels, observed, error, scoreQuantiles, range, Kind.SIGNAL, Outputs.NONE, Vocabulary.EMPTY);
    }

    /** Whether the last value before it is to be held where one is missing: the model can't be told that it is. */
    public boolean holds() {
        return !observed && !kind.padded();
    }

    /** The same model under another name. */
    public ModelSpec as(ModelId other) {
        return new ModelSpec(
                other, length, channels, observed, error, scoreQuantiles, range, kind, outputs, vocabulary);
    }
}
