/**
 * Made-up signals and noise: what a model for signals that nobody has seen yet is trained on. All chance comes from the
 * generator that is passed in. Uses {@code train}'s draws and the JDK only.
 */
@NullMarked
package dev.limpid.train.synthetic;

import org.jspecify.annotations.NullMarked;
