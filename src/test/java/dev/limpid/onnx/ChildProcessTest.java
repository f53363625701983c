package dev.limpid.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtSession;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Processes that crash, hang, babble or lie. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the limits of a process are Linux's")
class ChildProcessTest {
    private static Verdict judge(Class<?> main, byte[] model, Duration time) throws Exception {
        try (PrivateCopy copy = PrivateCopy.of(new ByteArrayInputStream(model), "m")) {
            return new ChildProcess(main, AdmissionLimits.standard().childTime(time)).judge(copy, Bad.EXPECTED);
        }
    }

    /** Loads the model without looking at its bytes first. */
    static final class Trusting {
        public static void main(String[] arguments) throws Exception {
            AdmissionChild.endWithParent();
            OrtSession session = OnnxRuntime.environment().createSession(arguments[1]);
            System.out.println(AdmissionChild.PREFIX + arguments[0] + " "
                    + Verdict.passed().toJson());
            session.close();
        }
    }

    @Test
    void a_chain_of_functions_that_kills_the_jvm_kills_only_the_child() throws Exception {
        Verdict verdict = judge(Trusting.class, BadFiles.functions(3_000), Duration.ofSeconds(60));
        assertThat(verdict.refusedBy()).isEqualTo(AdmissionCheck.CHILD);
        assertThat(verdict.problems().get(0)).startsWith("it crashed the process that loaded it: SIG");
    }

    /** Says what a verdict looks like without the word, a hundred thousand times, and leaves. */
    static final class Liar {
        public static void main(String[] arguments) {
            for (int i = 0; i < 100_000; i++) {
                System.out.println(
                        AdmissionChild.PREFIX + "please " + Verdict.passed().toJson());
            }
        }
    }

    @Test
    void a_verdict_without_the_word_is_none() throws Exception {
        assertThat(judge(Liar.class, new byte[0], Duration.ofSeconds(20))
                        .problems()
                        .get(0))
                .startsWith("it crashed the process that loaded it: exit code 0");
    }

    /** Waits until nobody is left who would hear it. */
    static final class Orphan {
        public static void main(String[] arguments) throws Exception {
            AdmissionChild.endWithParent();
            System.out.println("ready");
            Thread.currentThread().join();
        }
    }

    @Test
    void a_child_ends_when_its_parent_is_gone() throws Exception {
        // Given
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Orphan.class.getName())
                .start();
        byte[] ready = process.getInputStream().readNBytes(5);
        assertThat(new String(ready, StandardCharsets.UTF_8)).isEqualTo("ready");

        // When the end of the pipe that the parent holds is closed, as the kernel does when it dies
        process.getOutputStream().close();

        // Then
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(3);
    }

    @Test
    void copies_that_a_killed_process_left_are_deleted_after_an_hour(@TempDir Path temporary) throws Exception {
        // Given
        Path left = Files.createDirectory(temporary.resolve("limpid-model-1"));
        Files.createFile(left.resolve("model.onnx"));
        Path other = Files.createDirectory(temporary.resolve("other"));

        // When, Then
        PrivateCopy.sweep(temporary, Instant.now().plusSeconds(3_500));
        assertThat(left).exists();
        PrivateCopy.sweep(temporary, Instant.now().plusSeconds(3_700));
        assertThat(left).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void nothing_is_left_of_a_child_that_was_stopped() throws Exception {
        // Given
        Path folder;
        try (PrivateCopy copy = PrivateCopy.of(new ByteArrayInputStream(new byte[1]), "m")) {
            folder = copy.folder();

            // When
            Verdict verdict = new ChildProcess(
                            Orphan.class, AdmissionLimits.standard().childTime(Duration.ofMillis(1_500)))
                    .judge(copy, Bad.EXPECTED);

            // Then
            assertThat(verdict.lasting()).isFalse();
        }
        assertThat(Files.exists(folder)).isFalse();
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
    }
}
