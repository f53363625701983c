/** Frames of our own making, and a demo that cleans them on a broker of its own. May use kafka and below. */
@NullMarked
package dev.limpid.demo.frames;

import org.jspecify.annotations.NullMarked;
