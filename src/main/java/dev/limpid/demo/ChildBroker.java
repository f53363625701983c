package dev.limpid.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An {@link EmbeddedBroker} in a JVM of its own, so that its CPU time and heap are not ours. It ends with {@link #close()},
 * and also when this process dies, for then its standard input ends.
 */
public final class ChildBroker implements AutoCloseable {
    static final String READY = "READY ";
    private static final long EXIT_SECONDS = 20;
    private final Process process;
    private final String bootstrapServers;

    private ChildBroker(Process process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts the broker with this process' class path and returns when it takes requests.
     *
     * @param heap for {@code -Xmx}, such as {@code 512m}
     * @param overrides broker properties, {@code name=value}
     */
    public static ChildBroker start(String heap, String... overrides) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + heap, "-XX:+UseSerialGC"));
        String log = System.getProperty("LIMPID_KAFKA_LOG");
        if (log != null) {
            command.add("-DLIMPID_KAFKA_LOG=" + log); // see logback.xml
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), EmbeddedBroker.class.getName()));
        command.addAll(List.of(overrides));
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
            return new ChildBroker(process, address(process));
        } catch (IOException e) {
            throw new UncheckedIOException("broker process does not start: " + e.getMessage(), e);
        }
    }

    private static String address(Process process) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(READY)) {
                return line.substring(READY.length());
            }
        }
        throw new IOException("it ended before it was ready; its messages are on standard error");
    }

    /** The address for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** The broker's process, for whoever measures its CPU time. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Ends the broker, which deletes its logs. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
