package dev.limpid.kafka;

import dev.limpid.signal.SeriesKey;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Record keys as series keys. A null key becomes {@link #NONE}, so that nothing in the topology ever sees a null key: Kafka
 * Streams drops records without one from a table, and the commit tick goes through a table.
 */
final class InputKeys {
    /** The key of a record that has none; equal to that of a record with an empty one, so both are of the same series. */
    static final SeriesKey NONE = SeriesKey.wrap(new byte[0]);

    private static final byte[] TICK = {0};

    private InputKeys() {}

    /** The key of a record. */
    static SeriesKey of(byte @Nullable [] key) {
        return key == null ? NONE : SeriesKey.wrap(key);
    }

    /** For the source. */
    static Serde<SeriesKey> source() {
        Serializer<SeriesKey> serializer = (topic, key) -> bytes(key);
        Deserializer<SeriesKey> deserializer = (topic, bytes) -> of(bytes);
        return Serdes.serdeFrom(serializer, deserializer);
    }

    /** For the tick table: every key is the same one, so that a task has one entry there. */
    static Serde<SeriesKey> tick() {
        Serializer<SeriesKey> serializer = (topic, key) -> TICK;
        Deserializer<SeriesKey> deserializer = (topic, bytes) -> NONE;
        return Serdes.serdeFrom(serializer, deserializer);
    }

    /** The record's own key: null for {@link #NONE} itself, but not for an empty key. */
    @SuppressWarnings("ReferenceEquality") // an empty key equals NONE, but is one
    static byte @Nullable [] bytes(SeriesKey key) {
        return key == NONE ? null : key.bytes();
    }
}
