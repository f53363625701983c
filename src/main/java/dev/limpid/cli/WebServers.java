package dev.limpid.cli;

import dev.limpid.telemetry.Telemetry;
import dev.limpid.web.Probes;
import dev.limpid.web.WebServer;

/** Starts a command's web server, or says what to do about it. */
final class WebServers {
    private WebServers() {}

    static WebServer start(String host, int port, Telemetry telemetry, Probes probes) {
        try {
            return WebServer.start(host, port, telemetry, probes);
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "cannot serve metrics on " + host + ":" + port + ": " + e.getMessage() + "; choose another --port",
                    e);
        }
    }
}
