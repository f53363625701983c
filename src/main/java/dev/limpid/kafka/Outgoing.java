package dev.limpid.kafka;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/**
 * A value on its way to a sink, with the partition of the input it comes from: outputs keep it.
 */
@SuppressWarnings("ArrayRecordComponent") // lives from the outbox to the serializer, never compared
record Outgoing(int partition, byte @Nullable [] value) {
    static final Serializer<Outgoing> SERIALIZER = (topic, outgoing) -> outgoing.value();

    /** Sends a record to the partition it carries. */
    static final class Partitioner implements StreamPartitioner<byte[], Outgoing> {
        private volatile Optional<Set<Integer>>[] known = grow(16);

        @Override
        public Optional<Set<Integer>> partitions(String topic, byte[] key, Outgoing value, int partitions) {
            int partition = value.partition();
            if (partition >= partitions) {
                throw new IllegalStateException("topic " + topic + " has " + partitions
                        + " partitions, its input has partition " + partition + "; give it as many as the input");
            }
            if (partition >= known.length) {
                known = grow(2 * partition);
            }
            return known[partition];
        }

        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
        private static Optional<Set<Integer>>[] grow(int size) {
            Optional<Set<Integer>>[] grown = new Optional[size];
            for (int partition = 0; partition < size; partition++) {
                grown[partition] = Optional.of(Set.of(partition));
            }
            return grown;
        }
    }
}
