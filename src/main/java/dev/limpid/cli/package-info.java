/**
 * The commands and the composition root; nobody uses it.
 */
@NullMarked
package dev.limpid.cli;

import org.jspecify.annotations.NullMarked;
