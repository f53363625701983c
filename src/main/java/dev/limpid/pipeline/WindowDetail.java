package dev.limpid.pipeline;

import dev.limpid.model.ModelId;
import dev.limpid.signal.Floats;

/**
 * What else came of a window than cleaned values and a score, for whoever {@link Emitter#wantsDetails}.
 *
 * @param startMs time of its first sample; likewise {@code endMs} of its last
 * @param residual how far each value is from its reconstruction, {@code [channel][time]}; NaN where nothing was observed
 * @param embedding the model's latent vector; empty if it gives none
 */
public record WindowDetail(long startMs, long endMs, ModelId model, Floats residual, Floats embedding) {}
