/**
 * SNR gain, RMSE, plots. May use {@code signal} and {@code score}.
 */
@NullMarked
package dev.limpid.eval;

import org.jspecify.annotations.NullMarked;
