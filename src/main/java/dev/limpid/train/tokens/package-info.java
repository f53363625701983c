/**
 * Sessions of tokens: read, cut into windows, spoilt, counted; and how their checks are calibrated. Arithmetic only: the network is in
 * {@code train}. May use the core.
 */
@NullMarked
package dev.limpid.train.tokens;

import org.jspecify.annotations.NullMarked;
