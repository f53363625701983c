package dev.limpid.web;

import dev.limpid.telemetry.Telemetry;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.util.List;

/** {@code /metrics}, {@code /livez} and {@code /readyz} over HTTP. */
public final class WebServer implements AutoCloseable {
    private final Javalin server;

    private WebServer(Javalin server) {
        this.server = server;
    }

    /**
     * Starts to serve.
     *
     * @param host the address to listen on; loopback unless someone else is to see it
     * @param port 0 for a free one
     */
    public static WebServer start(String host, int port, Telemetry telemetry, Probes probes) {
        Javalin server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.routes.get("/metrics", context -> context.contentType(Telemetry.CONTENT_TYPE)
                    .result(telemetry.scrape()));
            config.routes.get(
                    "/livez",
                    context -> answer(context, "live", probes.notLive().get()));
            config.routes.get(
                    "/readyz",
                    context -> answer(context, "ready", probes.notReady().get()));
        });
        return new WebServer(server.start(host, port));
    }

    private static void answer(Context context, String well, List<String> problems) {
        context.status(problems.isEmpty() ? 200 : 503);
        context.contentType("text/plain; charset=utf-8");
        context.result(problems.isEmpty() ? well + "\n" : String.join("\n", problems) + "\n");
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }
}
