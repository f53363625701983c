/**
 * {@code topology/*.yaml} to checked records. Start at {@code DefinitionLoader}. May use the core.
 */
@NullMarked
package dev.limpid.definition;

import org.jspecify.annotations.NullMarked;
