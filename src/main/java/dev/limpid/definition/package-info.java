/**
 * {@code topology/*.yaml} to checked records. May use the core.
 */
@NullMarked
package dev.limpid.definition;

import org.jspecify.annotations.NullMarked;
