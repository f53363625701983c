/**
 * Corrupt, fit, calibrate, export. May use the core, {@code onnx} and {@code eval}.
 */
@NullMarked
package dev.limpid.train;

import org.jspecify.annotations.NullMarked;
