package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TorchTest {
    /** Else the linker takes the system's: with Debian's libtorch installed, the first training of all crashed. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void what_libtorch_needs_is_unpacked_before_it_is_loaded(@TempDir Path cache) throws Exception {
        Process probe = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dorg.bytedeco.javacpp.cachedir=" + cache,
                        "-cp",
                        System.getProperty("java.class.path"),
                        TorchProbe.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(probe.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(probe.exitValue()).isZero();

        assertThat(unpacked(cache, "libtorch_cpu.so")).isLessThanOrEqualTo(unpacked(cache, "libtorch.so"));
    }

    @Test
    void the_build_for_cuda_says_what_it_misses() {
        assertThatIllegalStateException()
                .isThrownBy(() -> TorchLibraries.refuseMissing(List.of("libcudnn.so.9", "libnccl.so.2")))
                .withMessageContainingAll("libcudnn.so.9, libnccl.so.2", "CUDA 13", "without -Pcuda-train");
        assertThatNoException().isThrownBy(() -> TorchLibraries.refuseMissing(List.of()));
    }

    /** As with a driver that is too old, or memory that others have taken. */
    @Test
    void without_a_gpu_that_computes_training_does_without_it() {
        Kernels cpu = Torch.start();

        assertThat(cpu.onCuda()).isEqualTo(cpu);
        assertThat(Torch.version()).doesNotContain("CUDA");
        assertThat(Torch.array(Torch.tensor(new float[] {1, 2}, 2))).containsExactly(1, 2);
    }

    private static FileTime unpacked(Path cache, String library) throws Exception {
        try (Stream<Path> files = Files.walk(cache)) {
            Path file = files.filter(path -> path.endsWith(library)).findFirst().orElseThrow();
            return (FileTime) Files.getAttribute(file, "unix:ctime");
        }
    }
}
