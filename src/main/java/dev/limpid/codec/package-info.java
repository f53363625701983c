/**
 * Bytes to core types and back; every layout has one home. Start at {@code Decoders} and {@code Encoders}. May use the core
 * and {@code definition}.
 */
@NullMarked
package dev.limpid.codec;

import org.jspecify.annotations.NullMarked;
