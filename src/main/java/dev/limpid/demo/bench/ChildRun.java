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

    private ChildRun(Job job, Process process) {
        this.job = job;
        this.process = process;
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

    /** Waits for what the contender has to say of itself. */
    Measurement await() throws IOException, InterruptedException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(BenchChild.RESULT)) {
                    Measurement result = Measurement.parse(line.substring(BenchChild.RESULT.length()));
                    process.waitFor();
                    return result;
                }
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
