/**
 * The benchmark: contenders that do the same work, each in a JVM of its own, against a broker in another. May use {@code
 * kafka} and below.
 */
@NullMarked
package dev.limpid.demo.bench;

import org.jspecify.annotations.NullMarked;
