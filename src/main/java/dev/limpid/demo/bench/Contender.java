package dev.limpid.demo.bench;

import org.jspecify.annotations.Nullable;

/** Somebody who reads the input topic, does the work and writes the output topics, on threads of its own. */
sealed interface Contender permits ClientContender, StreamsContender, LimpidContender {
    void start();

    /** Whether it waits for input. */
    boolean ready();

    /** Why it stopped before it was told to; null if it has not. */
    @Nullable
    Throwable failure();

    /** Commits what is done and ends. */
    void stop() throws InterruptedException;
}
