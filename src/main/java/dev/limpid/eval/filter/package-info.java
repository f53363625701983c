/**
 * Filters from the textbooks, which a model must be better than. May use {@code signal}.
 */
@NullMarked
package dev.limpid.eval.filter;

import org.jspecify.annotations.NullMarked;
