package dev.limpid.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A million windows leave no memory behind; the same check fails if results are left unclosed. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "resident memory is read from /proc")
class MemoryTest {
    private static final int WINDOWS = 1_000_000;
    private static final long ALLOWED_KIB = 8 * 1024;

    @Test
    void a_million_windows_leave_nothing_behind() throws Exception {
        assertThat(growthKib("close")).isLessThan(ALLOWED_KIB);
    }

    @Test
    void unclosed_results_would_be_seen() throws Exception {
        assertThat(growthKib("leak")).isGreaterThan(ALLOWED_KIB);
    }

    private static long growthKib(String mode) throws Exception {
        Process probe = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms64m",
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:+AlwaysPreTouch",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MemoryProbe.class.getName(),
                        mode,
                        Integer.toString(WINDOWS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(probe.waitFor()).isZero();
        String[] lines = output.strip().split("\n");
        return Long.parseLong(lines[lines.length - 1].strip());
    }
}
