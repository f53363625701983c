package dev.limpid.kafka;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code limpid} command in a JVM of its own, from the side of its operator, or of who kills it. Thread-safe. */
final class LimpidChild {
    private static final String MAIN = "dev.limpid.cli.Limpid";
    private static final Pattern ADDRESS = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+)/metrics");

    private final Process process;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final Map<String, CompletableFuture<String>> awaited = new ConcurrentHashMap<>();

    private LimpidChild(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "limpid-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a command.
     *
     * @param cache where it keeps verdicts on models
     * @param jvm options of its JVM
     * @param arguments as behind {@code limpid}
     */
    static LimpidChild start(Path cache, List<String> jvm, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LIMPID_CACHE", cache.toString());
        builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
        try {
            return new LimpidChild(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String said = line;
                log.add(said);
                awaited.forEach((part, future) -> {
                    if (said.contains(part)) {
                        future.complete(said);
                    }
                });
            }
        } catch (IOException e) {
            log.add("its output ends: " + e.getMessage());
        }
        awaited.values().forEach(each -> each.completeExceptionally(new IllegalStateException("it ended: " + log)));
    }

    /** The next line that contains {@code part}, from now on. */
    CompletableFuture<String> next(String part) {
        CompletableFuture<String> future = new CompletableFuture<>();
        awaited.put(part, future);
        return future;
    }

    /** Waits until it has said so, if it has not yet. */
    void awaitSaid(String part, Duration most) throws InterruptedException {
        CompletableFuture<String> next = next(part);
        if (log.stream().noneMatch(line -> line.contains(part))) {
            await(next, most);
        }
    }

    /** Waits for a line of {@link #next}. */
    void await(CompletableFuture<String> line, Duration most) throws InterruptedException {
        try {
            line.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("within " + most + " it has only said " + log, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a running pipeline answers on a path of its port. */
    String get(String path) throws IOException, InterruptedException {
        String address = log.stream()
                .map(ADDRESS::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("it has no port yet: " + log));
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address + path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    List<String> log() {
        return log;
    }

    boolean alive() {
        return process.isAlive();
    }

    /** SIGKILL; gives the processes that it had started. */
    List<ProcessHandle> kill() throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly().waitFor();
        return children;
    }

    /** SIGTERM, and waits. */
    void terminate() throws InterruptedException {
        process.toHandle().destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            kill();
            throw new IllegalStateException("it did not end on SIGTERM: " + log);
        }
    }

    /** Waits for its end and gives the exit code. */
    int awaitExit(long seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new IllegalStateException("it does not end: " + log);
        }
        return process.exitValue();
    }
}
