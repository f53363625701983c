/**
 * The long-running trainer: what flowed on the input topic becomes a model, is judged on what neither it nor the model in force has seen, and
 * is published if it is better. May use the packages below it, {@code kafka} and {@code train} among them, but no third party's types.
 */
@NullMarked
package dev.limpid.service;

import org.jspecify.annotations.NullMarked;
