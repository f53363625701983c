package dev.limpid.kafka;

import dev.limpid.codec.Decoders;
import dev.limpid.definition.Definition;
import dev.limpid.pipeline.Granularity;
import dev.limpid.pipeline.Pipeline;
import dev.limpid.pipeline.PipelineSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The heap state of one Kafka Streams task: its pipeline, its series, its outbox. Made when the task's processors are
 * initialised, dropped when they are closed; between two commits the store knows less than the heap does, so whoever changes a
 * series sees to it that {@link #flush} comes before the next commit: by a pending tick, or at once. Confined to the task's
 * thread.
 */
final class Task {
    private final Limits limits;
    private final Outbox outbox;
    private final DeadLetters deadLetters;
    private final OutboxEmitter emitter;
    private final KafkaSeriesStore series;
    private final Counts counts;
    private final Pipeline<SourceRecord> pipeline;
    private final InputDecoding decoding;
    private final boolean hop;
    private long newestOffset = -1;
    private boolean tickPending;

    Task(Wiring wiring, int partition, KeyValueStore<Bytes, byte[]> store) {
        Definition definition = wiring.definition();
        this.limits = wiring.limits();
        this.outbox = new Outbox(PipelineTopology.topics(definition), partition, wiring.bundled());
        this.deadLetters = new DeadLetters(outbox, wiring.counts(), limits);
        this.emitter = new OutboxEmitter(wiring, partition, outbox, deadLetters);
        PipelineSpec spec = wiring.spec();
        this.series = new KafkaSeriesStore(store, spec);
        new SeriesLoader(spec, Decoders.of(definition, wiring.vocabulary())).load(store, series);
        this.counts = wiring.counts();
        this.pipeline = new Pipeline<>(spec, wiring.slot(), series, emitter, wiring.tap());
        counts.track(pipeline.tally());
        this.decoding = new InputDecoding(definition, wiring.vocabulary(), limits, partition);
        this.hop = spec.granularity() == Granularity.HOP;
    }

    /**
     * Takes one input record.
     *
     * @param timestampMs the record's time; one that replaces it if it has none
     */
    void accept(ConsumerRecord<byte[], byte[]> input, long timestampMs, long nowMs) {
        newestOffset = input.offset();
        emitter.at(nowMs, newestOffset);
        byte @Nullable [] value = input.value();
        SourceRecord record = SourceRecord.NONE;
        String problem = decoding.decode(input, timestampMs, nowMs);
        if (problem == null && !hop && value != null) {
            record = new SourceRecord(input.key(), value, timestampMs, input.headers());
            problem = recordProblem(record, nowMs);
        }
        if (problem == null) {
            problem = decoding.keyProblem();
        }
        if (problem != null) {
            deadLetters.record(input, timestampMs, problem, nowMs);
        } else {
            pipeline.accept(decoding.series(), record, decoding.block());
        }
    }

    /** What is wrong with what its answer inherits from it. */
    private @Nullable String recordProblem(SourceRecord record, long nowMs) {
        int overhead = record.overhead();
        return overhead > Limits.MAX_OVERHEAD_BYTES
                ? "size: key and headers of " + overhead + " bytes, at most " + Limits.MAX_OVERHEAD_BYTES
                : limits.timestampProblem("timestamp", record.timestampMs(), nowMs);
    }

    /** Completes a batch of open segments: the partition is silent by the wall clock. Gives whether some are left. */
    boolean endSilent(long nowMs) {
        emitter.at(nowMs, newestOffset);
        boolean left = pipeline.endSilent();
        flush(nowMs);
        return left;
    }

    /** Runs the pending windows, puts all that became final into the outbox and the changed state into the store. */
    void flush(long nowMs) {
        emitter.at(nowMs, newestOffset);
        pipeline.flush();
        series.persist();
        tickPending = false;
    }

    /** Its samples are no longer pending here. */
    void close() {
        counts.closed(pipeline.tally());
    }

    Outbox outbox() {
        return outbox;
    }

    /** Whether a {@link #flush} is already on its way with the next commit; marks it as such. */
    boolean armed() {
        boolean before = tickPending;
        tickPending = true;
        return before;
    }

    /** Whether a {@link #flush} comes with the next commit. */
    boolean tickPending() {
        return tickPending;
    }

    /** Offset of the newest record taken; -1 if there is none yet. */
    long newestOffset() {
        return newestOffset;
    }
}
