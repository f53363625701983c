/**
 * Corrupt, fit, calibrate, export. {@code corruption} holds the ways to spoil a signal, one type each. May use the core, {@code onnx} and {@code eval}.
 */
@NullMarked
package dev.limpid.train;

import org.jspecify.annotations.NullMarked;
