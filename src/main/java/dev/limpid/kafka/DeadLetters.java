package dev.limpid.kafka;

import dev.limpid.codec.Decoders;
import dev.limpid.pipeline.FailedWindow;
import dev.limpid.signal.Floats;
import dev.limpid.signal.SeriesKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.internals.ExceptionHandlerUtils;
import org.jspecify.annotations.Nullable;

/**
 * Puts what cannot be cleaned into the outbox as a value, with the header names that Kafka Streams gives its own dead
 * letters. The names are constants of an internal class: the compiler copies them, so nothing depends on it when it runs.
 *
 * <p>A record's dead letter is the record: key, value and headers; a value over {@link Decoders#MAX_VALUE_BYTES} is cut there
 * and {@value #TRUNCATED} says how long it was. A failed window's is its raw values, little-endian float32,
 * {@code [time][channel]}, under the series' key and the time of its first sample.
 */
final class DeadLetters {
    /** Header with the length in bytes of a value that was cut. */
    static final String TRUNCATED = "limpid-truncated";

    private static final String FAILURE = "dev.limpid.kafka.DeadLetters";
    private final Outbox outbox;
    private final Counts counts;
    private final Limits limits;

    DeadLetters(Outbox outbox, Counts counts, Limits limits) {
        this.outbox = outbox;
        this.counts = counts;
        this.limits = limits;
    }

    /**
     * A malformed record.
     *
     * @param timestampMs the time it counts with
     */
    void record(ConsumerRecord<byte[], byte[]> record, long timestampMs, String reason, long nowMs) {
        byte @Nullable [] value = record.value();
        byte @Nullable [] key = record.key();
        byte[] sent = value;
        byte[] sentKey = key;
        Headers all = new RecordHeaders();
        if (new SourceRecord(key, new byte[0], 0, record.headers()).overhead() <= Limits.MAX_OVERHEAD_BYTES) {
            for (Header header : record.headers()) {
                all.add(header);
            }
        } else if (key != null && key.length > Limits.MAX_OVERHEAD_BYTES) {
            sentKey = Arrays.copyOf(key, Limits.MAX_OVERHEAD_BYTES);
        }
        if (value != null && value.length > Decoders.MAX_VALUE_BYTES) {
            sent = Arrays.copyOf(value, Decoders.MAX_VALUE_BYTES);
            all.add(TRUNCATED, utf8(Integer.toString(value.length)));
        }
        describe(all, record.topic(), record.partition(), record.offset(), reason);
        counts.deadLetter(reason);
        send(sentKey, sent, limits.clamp(timestampMs, nowMs), all);
    }

    /**
     * A window that made the model fail.
     *
     * @param offset of the newest record of the task's partition when that became known
     */
    void window(
            SeriesKey series, FailedWindow window, int channels, String topic, int partition, long offset, long nowMs) {
        Headers all = new RecordHeaders();
        describe(all, topic, partition, offset, window.reason());
        all.add(PipelineTopology.MODEL_HEADER, utf8(window.model().toString()));
        counts.deadLetter(window.reason());
        byte[] key = series.bytes().length == 0 ? null : series.bytes();
        byte[] value = interleaved(window.values(), channels);
        long at = limits.clamp(window.startMs(), nowMs);
        send(key, value, at, all);
    }

    private void send(byte @Nullable [] key, byte @Nullable [] value, long timestampMs, Headers headers) {
        Headers sent = outbox.add(PipelineTopology.DEAD_LETTERS, key, value, timestampMs);
        headers.forEach(sent::add);
    }

    private static void describe(Headers headers, String topic, int partition, long offset, String reason) {
        headers.add(ExceptionHandlerUtils.HEADER_ERRORS_EXCEPTION_NAME, utf8(FAILURE));
        headers.add(ExceptionHandlerUtils.HEADER_ERRORS_EXCEPTION_MESSAGE_NAME, utf8(reason));
        headers.add(ExceptionHandlerUtils.HEADER_ERRORS_TOPIC_NAME, utf8(topic));
        headers.add(ExceptionHandlerUtils.HEADER_ERRORS_PARTITION_NAME, utf8(Integer.toString(partition)));
        headers.add(ExceptionHandlerUtils.HEADER_ERRORS_OFFSET_NAME, utf8(Long.toString(offset)));
    }

    private static byte[] interleaved(Floats values, int channels) {
        int length = values.length() / channels;
        ByteBuffer bytes = ByteBuffer.allocate(values.length() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int time = 0; time < length; time++) {
            for (int channel = 0; channel < channels; channel++) {
                bytes.putFloat(values.at(channel * length + time));
            }
        }
        return bytes.array();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
