/**
 * What a model is: its spec, the batch it takes, the {@code Denoiser} port, the slot it is swapped in. May use {@code signal}.
 */
@NullMarked
package dev.limpid.model;

import org.jspecify.annotations.NullMarked;
