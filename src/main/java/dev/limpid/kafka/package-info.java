/**
 * Topology, state store, dead letters, topics. May use the core, {@code codec}, {@code definition} and {@code onnx}.
 */
@NullMarked
package dev.limpid.kafka;

import org.jspecify.annotations.NullMarked;
