/**
 * Metrics endpoint and probes over HTTP. May use the core and {@code telemetry}.
 */
@NullMarked
package dev.limpid.web;

import org.jspecify.annotations.NullMarked;
