/**
 * The ways in which a clean window of a signal is spoilt, one small type each. Uses {@code signal}; used by {@code train}.
 */
@NullMarked
package dev.limpid.train.corruption;

import org.jspecify.annotations.NullMarked;
