/**
 * The whole way of the data, for whoever holds a clock and a store. Start at {@code Pipeline}. May use {@code signal}, {@code model} and {@code score}.
 */
@NullMarked
package dev.limpid.pipeline;

import org.jspecify.annotations.NullMarked;
