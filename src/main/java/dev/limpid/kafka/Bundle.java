package dev.limpid.kafka;

import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Several records of one partition that travel through Kafka Streams as one: a header that never leaves the process. Streams
 * spends more on a record (queues, contexts, two latency sensors, a callback) than the pipeline does on a sample, and so
 * {@link StreamsClients} ties what a poll brought into bundles and unties those that are sent. docs/design/0003-bundles.md.
 *
 * @param <R> the clients' kind of record
 */
record Bundle<R>(List<R> records) implements Header {
    /** Records in a bundle at most: a commit waits for the bundle that is being processed. */
    static final int MOST = 256;

    /** Bytes of the values in a bundle, at which it is closed. */
    static final int CLOSED_AT_BYTES = 1 << 20;

    private static final String KEY = "limpid-bundle";
    private static final byte[] NOTHING = {};

    /** The bundle among a record's headers; null if the record is one by itself, whatever its headers are called. */
    static @Nullable Bundle<?> in(Headers headers) {
        for (Header header : headers) {
            if (header instanceof Bundle<?> bundle) {
                return bundle;
            }
        }
        return null;
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public byte[] value() {
        return NOTHING;
    }
}
