/**
 * An assessment as a page to read, in HTML. May use {@code signal}.
 */
@NullMarked
package dev.limpid.eval.report;

import org.jspecify.annotations.NullMarked;
