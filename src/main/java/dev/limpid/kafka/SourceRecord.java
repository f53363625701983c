package dev.limpid.kafka;

import dev.limpid.codec.ByteReader;
import dev.limpid.codec.ByteWriter;
import dev.limpid.signal.SeriesKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** An input record that waits for its answer: what the answer needs of it. Nobody writes to its arrays. */
public final class SourceRecord {
    /** Stands for any record where the answer does not need it, in {@code granularity: hop}. */
    static final SourceRecord NONE = new SourceRecord(null, new byte[0], 0, new RecordHeaders());

    private static final int NULL_KEY = 0;
    private static final int SERIES_KEY = 1;
    private static final int OWN_KEY = 2;
    private static final int KEYS = 3;
    private static final int TIMESTAMP = 4;
    private static final int HEADERS = 8;

    private final byte @Nullable [] key;
    private final byte[] value;
    private final long timestampMs;
    private final Headers headers;

    /** @param key null if the record has none */
    SourceRecord(byte @Nullable [] key, byte[] value, long timestampMs, Headers headers) {
        this.key = key;
        this.value = value;
        this.timestampMs = timestampMs;
        this.headers = headers;
    }

    byte @Nullable [] key() {
        return key;
    }

    byte[] value() {
        return value;
    }

    long timestampMs() {
        return timestampMs;
    }

    Headers headers() {
        return headers;
    }

    /** Key and headers, in bytes; the names count as the UTF-8 that the broker counts. */
    int overhead() {
        int bytes = key == null ? 0 : key.length;
        for (Header header : headers) {
            bytes += Utils.utf8Length(header.key()) + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }

    /** Writes the payload of a journal entry; the layout stands in {@link dev.limpid.codec.JournalEntries}. */
    void writeTo(ByteWriter out, SeriesKey series, long timeMs) {
        Header[] all = headers.toArray();
        int kind = key == null ? NULL_KEY : Arrays.equals(key, series.bytes()) ? SERIES_KEY : OWN_KEY;
        out.u8(kind | (timestampMs == timeMs ? 0 : TIMESTAMP) | (all.length == 0 ? 0 : HEADERS));
        if (timestampMs != timeMs) {
            out.zigzag(timestampMs - timeMs);
        }
        if (kind == OWN_KEY && key != null) {
            out.sized(key);
        }
        if (all.length > 0) {
            out.varint(all.length);
        }
        for (Header header : all) {
            out.text(header.key());
            byte[] bytes = header.value();
            out.varint(bytes == null ? 0 : bytes.length + 1L);
            if (bytes != null) {
                out.raw(bytes, 0, bytes.length);
            }
        }
        out.raw(value, 0, value.length);
    }

    static SourceRecord readFrom(byte[] payload, SeriesKey series, long timeMs) {
        ByteReader in = new ByteReader(payload);
        int flags = in.u8();
        long timestampMs = timeMs + ((flags & TIMESTAMP) == 0 ? 0 : in.zigzag());
        byte[] key =
                switch (flags & KEYS) {
                    case NULL_KEY -> null;
                    case SERIES_KEY -> series.bytes();
                    case OWN_KEY -> in.sized();
                    default -> throw new IllegalStateException("an unknown kind of key in a journalled record");
                };
        RecordHeaders headers = new RecordHeaders();
        for (int left = (flags & HEADERS) == 0 ? 0 : in.count(); left > 0; left--) {
            String name = new String(in.sized(), StandardCharsets.UTF_8);
            int length = in.count();
            headers.add(name, length == 0 ? null : in.raw(length - 1));
        }
        return new SourceRecord(key, in.raw(payload.length - in.position()), timestampMs, headers);
    }
}
