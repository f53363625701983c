package dev.limpid.signal;

/** A filter that can stand in for a model, of one kind of series. */
public sealed interface Fallback permits BandPass, FrameMedian {
    /** The same over windows of {@code length} samples, for one thread. */
    WindowFilter over(int length);
}
