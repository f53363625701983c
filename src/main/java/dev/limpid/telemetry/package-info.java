/**
 * Micrometer binders. May use the core.
 */
@NullMarked
package dev.limpid.telemetry;

import org.jspecify.annotations.NullMarked;
