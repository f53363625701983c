package dev.limpid.kafka;

import org.apache.kafka.common.TopicPartition;

/** Tells whether all there is of a partition has been read; asked on the stream thread that reads it. */
@FunctionalInterface
public interface CaughtUp {
    boolean caughtUp(TopicPartition partition);
}
