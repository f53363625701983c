/** Click paths of our own making: visits to a shop, whole and with a fault. May use kafka and below. */
@NullMarked
package dev.limpid.demo.tokens;

import org.jspecify.annotations.NullMarked;
