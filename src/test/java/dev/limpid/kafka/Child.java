package dev.limpid.kafka;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** A {@link CrashChild} process, from the side of its killer. */
final class Child {
    private final Process process;
    private final Map<String, LongAdder> said = new ConcurrentHashMap<>();
    private final CountDownLatch ready = new CountDownLatch(1);

    private Child(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "child-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** @param pipelines the options of each */
    static Child start(List<List<String>> pipelines) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + (256 + 64 * pipelines.size()) + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                CrashChild.class.getName()));
        for (List<String> options : pipelines) {
            command.addAll(options);
            command.add(CrashChild.NEXT);
        }
        command.remove(command.size() - 1);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
        builder.environment().put("LIMPID_LOG", System.getProperty("limpid.child.log", "OFF"));
        builder.environment().put("LIMPID_KAFKA_LOG", System.getProperty("limpid.child.log", "OFF"));
        try {
            return new Child(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.computeIfAbsent(line, word -> new LongAdder()).increment();
                if (line.equals("READY")) {
                    ready.countDown();
                }
            }
        } catch (IOException e) {
            // the process was killed
        }
    }

    Child awaitReady() throws InterruptedException {
        for (int tenths = 0; !ready.await(100, TimeUnit.MILLISECONDS); tenths++) {
            if (tenths == 1_200 || !process.isAlive()) {
                throw new IllegalStateException("child is not ready, alive " + process.isAlive());
            }
        }
        return this;
    }

    /** How often it has printed that word so far. */
    long said(String word) {
        LongAdder count = said.get(word);
        return count == null ? 0 : count.sum();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM, and waits. */
    void terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IllegalStateException("child did not end on SIGTERM");
        }
    }

    /** Waits until it ended by itself. */
    boolean awaitEnd(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }
}
