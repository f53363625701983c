/**
 * Blocks, windows, overlap-add and the band-pass filter: the arithmetic of series. Uses nothing but the JDK.
 */
@NullMarked
package dev.limpid.signal;

import org.jspecify.annotations.NullMarked;
