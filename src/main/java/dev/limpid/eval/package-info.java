/**
 * SNR gain, RMSE, classical filters to compare with, spectra, plots. May use {@code signal} and {@code score}.
 */
@NullMarked
package dev.limpid.eval;

import org.jspecify.annotations.NullMarked;
