package dev.limpid.pipeline;

import dev.limpid.model.ModelId;
import dev.limpid.signal.Floats;

/**
 * A window that the model could not do.
 *
 * @param startMs time of its first slot
 * @param values its raw values, {@code [channel][time]}, NaN where missing
 * @param reason {@code non-finite}, or {@code failed: …} with the runtime's message or what can't be in the model's answer
 */
public record FailedWindow(long startMs, Floats values, ModelId model, String reason) {}
