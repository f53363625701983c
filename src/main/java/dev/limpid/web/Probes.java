package dev.limpid.web;

import java.util.List;
import java.util.function.Supplier;

/**
 * What an orchestrator asks. Both lists are empty if all is well, else they say what is not; asked on the web server's
 * threads.
 *
 * @param notLive why the process should be restarted
 * @param notReady why it does no work yet
 */
public record Probes(Supplier<List<String>> notLive, Supplier<List<String>> notReady) {}
