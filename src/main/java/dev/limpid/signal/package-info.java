/**
 * Blocks, windows and overlap-add: the arithmetic of series. Uses nothing but the JDK.
 */
@NullMarked
package dev.limpid.signal;

import org.jspecify.annotations.NullMarked;
