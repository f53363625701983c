package dev.limpid.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that must not get in, by their bytes alone: each is refused by the check that is there for it, with a reason of its own. */
class BadModelTest {
    @TempDir
    private Path folder;

    static Stream<Bad> bad() {
        return Stream.of(BadFiles.all(), BadTensors.all(), BadGraphs.all()).flatMap(models -> models);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void is_refused(Bad bad) throws Exception {
        // Given
        Path file = folder.resolve("bad.onnx");
        Files.write(file, bad.bytes());
        // a child would see the file; the limit of no time refuses whatever comes so far
        Admission admission = new Admission(AdmissionLimits.standard().childTime(Duration.ZERO));

        // When, Then
        assertThatThrownBy(() -> admission.admit(file, Provider.CPU, Bad.EXPECTED))
                .isInstanceOfSatisfying(ModelRefused.class, refusal -> {
                    assertThat(refusal.problems())
                            .anySatisfy(problem -> assertThat(problem).contains(bad.says()));
                    assertThat(refusal.check()).isEqualTo(bad.check());
                    assertThat(refusal.problems()).hasSizeLessThan(30);
                    assertThat(refusal.getMessage()).hasSizeLessThan(60_000);
                });
    }

    @Test
    void there_are_at_least_sixty_kinds_and_no_two_alike() {
        List<String> kinds = bad().map(Bad::kind).toList();
        assertThat(kinds).hasSizeGreaterThan(100).doesNotHaveDuplicates();
    }

    @Test
    void the_model_that_they_are_made_of_is_good() throws Exception {
        ModelFile.open(Bad.good(), "good", Provider.CPU, Bad.EXPECTED)
                .denoiser()
                .close();
    }

    @Test
    void a_file_of_more_than_512_megabytes_is_not_even_copied() throws Exception {
        Path file = folder.resolve("giant.onnx");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength((512L << 20) + 1);
        }
        assertThatThrownBy(() -> ModelFile.open(file, Provider.CPU, Bad.EXPECTED))
                .hasMessageContaining("more than 536870912 bytes");
    }

    @Test
    void a_folder_is_no_model() {
        assertThatThrownBy(() -> ModelFile.open(folder, Provider.CPU, Bad.EXPECTED))
                .hasMessageContaining("is no file");
    }
}
