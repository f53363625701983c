package dev.limpid.demo.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link BenchChild} that is running. All have the same heap and collector. */
final class ChildRun implements AutoCloseable {
    private final Job job;
    private final Process process;
    private final BufferedReader lines;

    private ChildRun(Job job, Process process) {
        this.job = job;
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** @param jvmOptions further options, such as those of a profiler */
    static ChildRun start(Job job, List<String> jvmOptions) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx1g"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), BenchChild.class.getName()));
        command.addAll(job.arguments());
        return new ChildRun(
                job, new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
    }

    /** Tells a paced contender that no more input will come. */
    void inputEnds() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** Waits until a paced contender is ready for input. */
    void awaitReady() throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals(BenchChild.READY)) {
                return;
            }
        }
        throw new IllegalStateException(
                "mode " + job.mode().label() + " ended before it was ready; its messages are on standard error");
    }

    /** Waits for what the contender has to say of itself. */
    Measurement await() throws IOException, InterruptedException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(BenchChild.RESULT)) {
                Measurement result = Measurement.parse(line.substring(BenchChild.RESULT.length()));
                process.waitFor();
                return result;
            }
        }
        throw new IllegalStateException("mode " + job.mode().label() + " on "
                + job.layout().label() + " ended with code " + process.waitFor()
                + " and without a result; its messages are on standard error");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
