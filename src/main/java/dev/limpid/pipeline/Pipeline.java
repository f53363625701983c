package dev.limpid.pipeline;

import dev.limpid.model.ModelSlot;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;

/**
 * The whole way of the data of one partition: blocks of samples go in, cleaned blocks, scores and alerts come out.
 *
 * <p>A series' samples fill windows; due windows of many series make a batch; the denoiser turns it into a reconstruction;
 * overlap-add turns that into cleaned blocks, the residual into a window score, the score into an alert. Drivers are the
 * Kafka processor, {@code limpid denoise} and the trainer's evaluation; the same input and the same segment ends give the
 * same bytes in all of them. Windows are cut when their last slot is reached, whenever the batch runs, so neither batch size
 * nor commit time shows in the output. Confined to one thread.
 *
 * @param <R> the driver's record, kept until it is answered and never looked into
 */
public final class Pipeline<R> {
    private final Tally tally = new Tally();

    /** Takes up the series that {@code store} remembers; {@code slot} stays the caller's. */
    public Pipeline(PipelineSpec spec, ModelSlot slot, SeriesStore<R> store, Emitter<R> emitter) {
        throw new UnsupportedOperationException("being written");
    }

    /** Places the samples of one record, cuts the windows that are due, and runs the batch whenever it is full. */
    public void accept(SeriesKey key, R record, Block block) {
        throw new UnsupportedOperationException("being written");
    }

    /** The whole partition is silent and caught up: completes every open segment, marked as ended by the wall clock. */
    public void endSilent() {
        throw new UnsupportedOperationException("being written");
    }

    /** The input is at its end: completes every open segment. */
    public void endAll() {
        throw new UnsupportedOperationException("being written");
    }

    /** Runs the pending windows and emits all that became final. Afterwards nothing but series state is held. */
    public void flush() {
        throw new UnsupportedOperationException("being written");
    }

    public Tally tally() {
        return tally;
    }
}
