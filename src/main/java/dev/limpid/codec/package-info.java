/**
 * Bytes to core types and back; every layout has one home. May use the core.
 */
@NullMarked
package dev.limpid.codec;

import org.jspecify.annotations.NullMarked;
