package dev.limpid.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.telemetry.Telemetry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WebServerTest {
    private static final AtomicReference<List<String>> NOT_READY = new AtomicReference<>(List.of());
    private static final AtomicReference<List<String>> NOT_LIVE = new AtomicReference<>(List.of());
    private static final Telemetry TELEMETRY = new Telemetry();
    private static WebServer server;

    @BeforeAll
    static void start() {
        TELEMETRY.pipeline("ecg").tally(figure -> 1, () -> 0);
        TELEMETRY.jvm();
        server = WebServer.start("127.0.0.1", 0, TELEMETRY, new Probes(NOT_LIVE::get, NOT_READY::get));
    }

    @AfterAll
    static void stop() {
        server.close();
        TELEMETRY.close();
    }

    private static HttpResponse<String> get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void metrics_are_served_in_the_text_format_of_prometheus() throws Exception {
        HttpResponse<String> response = get("/metrics");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("content-type").orElseThrow())
                .isEqualToIgnoringCase("text/plain; version=0.0.4; charset=utf-8");
        assertThat(response.body())
                .contains("limpid_samples_total{outcome=\"accepted\",pipeline=\"ecg\"} 1.0")
                .contains("jvm_memory_used_bytes{")
                .contains("process_uptime_seconds");
    }

    @Test
    void probes_answer_503_with_the_reasons_until_all_is_well() throws Exception {
        NOT_READY.set(List.of("pipeline ecg is REBALANCING"));
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        assertThat(get("/readyz").body()).isEqualTo("pipeline ecg is REBALANCING\n");
        assertThat(get("/livez").statusCode()).isEqualTo(200);

        NOT_READY.set(List.of());
        assertThat(get("/readyz").body()).isEqualTo("ready\n");

        NOT_LIVE.set(List.of("pipeline ecg is ERROR"));
        assertThat(get("/livez").statusCode()).isEqualTo(503);
        NOT_LIVE.set(List.of());
    }

    @Test
    void an_unknown_path_is_not_found() throws Exception {
        assertThat(get("/admin").statusCode()).isEqualTo(404);
    }
}
