/**
 * What Limpid counts and times, as Micrometer meters for Prometheus. May use the core. Nothing is ever labelled by series.
 */
@NullMarked
package dev.limpid.telemetry;

import org.jspecify.annotations.NullMarked;
