package dev.limpid.kafka;

import dev.limpid.codec.Decoder;
import dev.limpid.codec.Decoders;
import dev.limpid.definition.Definition;
import dev.limpid.model.Vocabulary;
import dev.limpid.signal.Block;
import dev.limpid.signal.SeriesKey;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes of an input record what a pipeline takes: whose series it is, and its samples. Whoever reads the input topic reads it by this, so
 * that a record is refused by all or by none. Holds the record decoded last; confined to one thread.
 */
final class InputDecoding {
    private final Definition definition;
    private final Limits limits;
    private final Decoder decoder;
    private final Block block;
    private final SeriesKey partitionKey;
    private @Nullable SeriesKey series;

    /** @param partition of the input topic */
    InputDecoding(Definition definition, Limits limits, int partition) {
        this(definition, Vocabulary.EMPTY, limits, partition);
    }

    /** @param vocabulary of the model that the pipeline starts with */
    InputDecoding(Definition definition, Vocabulary vocabulary, Limits limits, int partition) {
        this(definition, Decoders.of(definition, vocabulary), limits, partition);
    }

    /** @param decoder of its own */
    InputDecoding(Definition definition, Decoder decoder, Limits limits, int partition) {
        this.definition = definition;
        this.limits = limits;
        this.decoder = decoder;
        this.block = new Block(definition.input().channels().size());
        this.partitionKey = SeriesKey.of(Integer.toString(partition));
    }

    /**
     * Decodes a record into {@link #block}.
     *
     * @param timestampMs the record's time; one that replaces it if it has none
     * @return why it is refused, or null
     */
    @Nullable
    String decode(ConsumerRecord<byte[], byte[]> input, long timestampMs, long nowMs) {
        series = InputKeys.of(input.key());
        String problem = decoder.decode(input.value(), timestampMs, block);
        if (problem == null) {
            problem = limits.timestampProblem("timestamp", block.timestampMs(), nowMs);
        }
        if (problem == null && block.length() == 0) {
            problem = "empty: no samples";
        }
        if (problem == null) {
            // it moves the stream time, which would stand still for long after one far ahead
            problem = limits.timestampProblem("time of the last sample", lastMs(), nowMs);
        }
        if (problem == null && definition.series().by() != Definition.SeriesBy.KEY) {
            series = named();
            problem = series == null ? "series: the field that names the series is missing" : null;
        }
        return problem;
    }

    /** What is wrong with the size of the series' key, or null. */
    @Nullable
    String keyProblem() {
        int bytes = series().bytes().length;
        return bytes > Limits.MAX_OVERHEAD_BYTES
                ? "size: a key of " + bytes + " bytes, at most " + Limits.MAX_OVERHEAD_BYTES
                : null;
    }

    /** Time of the block's last sample; without a time grid, all samples have the block's. */
    private long lastMs() {
        double rate = definition.input().sampleRateHz();
        return rate == 0 ? block.timestampMs() : block.timestampMs() + Math.round((block.length() - 1) * 1000 / rate);
    }

    private @Nullable SeriesKey named() {
        if (definition.series().by() == Definition.SeriesBy.PARTITION) {
            return partitionKey;
        }
        String field = decoder.seriesField();
        return field == null ? null : SeriesKey.of(field);
    }

    /** Whose record it was; there is one unless the record was refused. */
    SeriesKey series() {
        if (series == null) {
            throw new IllegalStateException("no record was decoded");
        }
        return series;
    }

    /** Its samples, until the next record. */
    Block block() {
        return block;
    }
}
