package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Twenty thousand steps leave no memory behind; the same check fails if each leaves 4 KiB. */
@Tag("soak")
@EnabledOnOs(value = OS.LINUX, disabledReason = "resident memory is read from /proc")
class TrainingMemoryTest {
    private static final int STEPS = 20_000;

    /** A third of what a leak of 4 KiB a step comes to in three quarters of the steps. */
    private static final long ALLOWED_KIB = 20 * 1024;

    @Test
    void twenty_thousand_steps_leave_nothing_behind() throws Exception {
        assertThat(growthKib("close")).isLessThan(ALLOWED_KIB);
    }

    @Test
    void tensors_left_open_would_be_seen() throws Exception {
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
                        // JavaCPP's own limit, four heaps, would end the probe before it can tell
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TrainingMemoryProbe.class.getName(),
                        mode,
                        Integer.toString(STEPS))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(probe.waitFor()).isZero();
        String[] lines = output.strip().split("\n");
        return Long.parseLong(lines[lines.length - 1].strip());
    }
}
