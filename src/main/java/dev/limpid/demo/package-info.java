/**
 * Embedded broker and simulated sensors. May use {@code kafka} and below.
 */
@NullMarked
package dev.limpid.demo;

import org.jspecify.annotations.NullMarked;
