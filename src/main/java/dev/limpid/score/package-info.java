/**
 * Residual to score to alert. May use {@code signal} and {@code model}.
 */
@NullMarked
package dev.limpid.score;

import org.jspecify.annotations.NullMarked;
