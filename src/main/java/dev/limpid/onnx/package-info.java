/**
 * The {@code Denoiser} by ONNX Runtime; reads and checks model files. May use {@code signal} and {@code model}.
 */
@NullMarked
package dev.limpid.onnx;

import org.jspecify.annotations.NullMarked;
