package dev.limpid.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code limpid run} in a process of its own, from the side of its operator. */
final class RunProcess implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)/metrics");

    private final Process process;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();

    private RunProcess(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "limpid-run-output");
        reader.setDaemon(true);
        reader.start();
    }

    static RunProcess start(Path definition, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Limpid.class.getName(),
                "run",
                definition.toString(),
                "--port",
                "0",
                "--instance",
                "one"));
        command.addAll(List.of(more));
        return new RunProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.add(line);
                Matcher address = ADDRESS.matcher(line);
                if (address.find()) {
                    port.complete(Integer.valueOf(address.group(1)));
                }
            }
        } catch (IOException e) {
            log.add("reading its output: " + e);
        }
        port.completeExceptionally(new IllegalStateException("limpid run ended: " + log));
    }

    /** Status and body, as {@code 200 ready}. */
    String get(String path) {
        try {
            URI address = URI.create("http://127.0.0.1:" + port.get(30, TimeUnit.SECONDS) + path);
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body().strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends SIGTERM and gives the exit code. */
    int terminate() throws InterruptedException {
        process.toHandle().destroy(); // Process.destroy would close its output
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("limpid run does not end: " + log);
        }
        return process.exitValue();
    }

    List<String> log() {
        return log;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
