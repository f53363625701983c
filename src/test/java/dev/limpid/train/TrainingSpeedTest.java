package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Training against PyTorch for Python on the same network, one thread each, in turns on one machine: CPU seconds, so that others on it count
 * little. Skipped where {@code python3 -c 'import torch'} fails; on Debian: {@code apt-get install python3-torch libopenblas0}.
 */
@Tag("soak")
class TrainingSpeedTest {
    private static final int WARM_UP = 60;
    private static final int STEPS = 40;
    private static final int ROUNDS = 8;
    private static final String SCRIPT = "src/test/scripts/dense_training.py";

    @Test
    void training_the_textbooks_autoencoder_costs_no_more_than_in_python() throws Exception {
        String python = python();
        try (Contender limpid = new Contender(java(), kernels());
                Contender plain = new Contender(List.of(python, SCRIPT, "plain"), Map.of());
                Contender same = new Contender(List.of(python, SCRIPT, "same"), Map.of())) {
            List<Contender> all = List.of(limpid, plain, same);
            for (Contender contender : all) {
                contender.take(WARM_UP);
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (Contender contender : all) {
                    contender.times.add(contender.take(STEPS));
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "ms of CPU per step: limpid %.2f, python %.2f, python with clipping and averages %.2f; speed %.2f and %.2f times python's%n",
                    limpid.msPerStep(),
                    plain.msPerStep(),
                    same.msPerStep(),
                    plain.msPerStep() / limpid.msPerStep(),
                    same.msPerStep() / limpid.msPerStep());

            assertThat(plain.msPerStep() / limpid.msPerStep()).isGreaterThanOrEqualTo(1.0);
        }
    }

    /** As {@code bin/limpid train} has it. */
    private static Map<String, String> kernels() throws IOException {
        Path cpu = Path.of("/proc/cpuinfo");
        String text = Files.isReadable(cpu) ? Files.readString(cpu) : "";
        return text.contains("AuthenticAMD") && text.contains(" avx512vl ")
                ? Map.of("OPENBLAS_CORETYPE", "SKYLAKEX")
                : Map.of();
    }

    private static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                TrainingSpeedProbe.class.getName());
    }

    private static String python() throws Exception {
        for (String python : List.of("python3", "/usr/bin/python3")) {
            try {
                Process process = new ProcessBuilder(python, "-c", "import torch")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (process.waitFor() == 0) {
                    return python;
                }
            } catch (IOException e) {
                // not there
            }
        }
        assumeTrue(false, "no python3 with torch here");
        return "";
    }

    /** A process that answers a number of steps with the seconds they took. */
    private static final class Contender implements AutoCloseable {
        private final Process process;
        private final BufferedReader answers;
        private final List<Double> times = new ArrayList<>();

        Contender(List<String> command, Map<String, String> environment) throws IOException {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            // the tests run with what bin/limpid has for all but training
            builder.environment().remove("MALLOC_MMAP_THRESHOLD_");
            builder.environment().putAll(environment);
            this.process = builder.start();
            this.answers = process.inputReader(StandardCharsets.UTF_8);
        }

        double take(int steps) throws IOException {
            process.getOutputStream().write((steps + "\n").getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
            return Double.parseDouble(String.valueOf(answers.readLine()));
        }

        /** The median of the rounds. */
        double msPerStep() {
            double[] sorted =
                    times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            return sorted[sorted.length / 2] * 1000 / STEPS;
        }

        @Override
        public void close() {
            try {
                process.getOutputStream().close();
                process.waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
