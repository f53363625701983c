package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    @TempDir
    private Path folder;

    @Test
    void a_training_killed_in_the_middle_goes_on_to_the_same_bytes() throws Exception {
        // Given: one that nothing happened to, and one killed after step 38
        byte[] whole = CheckpointProbe.train(Optional.empty(), TrainingListener.NONE)
                .bytes()
                .toArray();
        Path checkpoint = folder.resolve("state");
        Path model = folder.resolve("model.onnx");
        Process killed = probe(checkpoint, model);
        try (BufferedReader steps = steps(killed)) {
            for (String line = steps.readLine(); line != null && !line.equals("38"); ) {
                line = steps.readLine();
            }
            killed.destroyForcibly();
            assertThat(killed.waitFor()).isNotZero();
        }
        assertThat(model).doesNotExist();
        assertThat(checkpoint).exists();

        // When
        Process again = probe(checkpoint, model);
        List<String> steps;
        try (BufferedReader lines = steps(again)) {
            steps = lines.lines().toList();
        }

        // Then
        assertThat(again.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(Integer.parseInt(steps.get(0))).isGreaterThanOrEqualTo(36);
        assertThat(Files.readAllBytes(model)).isEqualTo(whole);
    }

    @Test
    void what_a_checkpoint_holds_is_what_goes_on() throws Exception {
        // Given: the checkpoint of step 56 and the one of step 28
        Path checkpoint = folder.resolve("state");
        List<byte[]> kept = new ArrayList<>();
        TrainedModel whole = CheckpointProbe.train(Optional.of(new Checkpoints(checkpoint, 28)), progress -> {
            if (progress.step() == 29) {
                kept.add(bytes(checkpoint));
            }
        });
        Files.write(checkpoint, kept.get(0));

        // When
        List<Integer> steps = new ArrayList<>();
        TrainedModel again = CheckpointProbe.train(
                Optional.of(new Checkpoints(checkpoint, 1000)), progress -> steps.add(progress.step()));

        // Then
        assertThat(steps).first().isEqualTo(29);
        assertThat(again.bytes().toArray()).isEqualTo(whole.bytes().toArray());
    }

    @Test
    void a_checkpoint_that_is_damaged_or_of_another_training_is_refused() throws Exception {
        // Given
        Path checkpoint = folder.resolve("state");
        Optional<Checkpoints> checkpoints = Optional.of(new Checkpoints(checkpoint, 28));
        CheckpointProbe.train(checkpoints, TrainingListener.NONE);
        byte[] bytes = bytes(checkpoint);

        // When, Then
        assertThatThrownBy(() -> Trainer.train(
                        Toy.data(1), CheckpointProbe.spec().withSeed(12), TrainingListener.NONE, checkpoints))
                .isInstanceOf(TrainingRefused.class)
                .hasMessageContaining("it is of another training");
        bytes[bytes.length / 2] ^= 1;
        Files.write(checkpoint, bytes);
        assertThatThrownBy(() -> CheckpointProbe.train(checkpoints, TrainingListener.NONE))
                .isInstanceOf(TrainingRefused.class)
                .hasMessageContaining("it is damaged");
    }

    @Test
    void a_checkpoint_of_other_kernels_is_refused_with_what_to_set() throws Exception {
        // Given: one whose kernels gave other bits
        Path checkpoint = folder.resolve("state");
        Optional<Checkpoints> checkpoints = Optional.of(new Checkpoints(checkpoint, 28));
        CheckpointProbe.train(checkpoints, TrainingListener.NONE);
        ByteBuffer bytes = ByteBuffer.wrap(bytes(checkpoint));
        int digest = Long.BYTES + Short.BYTES + bytes.getShort(Long.BYTES) + Short.BYTES;
        bytes.put(digest, "00000000".getBytes(StandardCharsets.US_ASCII));
        CRC32 crc = new CRC32();
        crc.update(bytes.array(), 0, bytes.capacity() - Long.BYTES);
        bytes.putLong(bytes.capacity() - Long.BYTES, crc.getValue());
        Files.write(checkpoint, bytes.array());

        // Then
        assertThatThrownBy(() -> CheckpointProbe.train(checkpoints, TrainingListener.NONE))
                .isInstanceOf(TrainingRefused.class)
                .hasMessageContaining("it was made by kernels ")
                .hasMessageContaining("(OPENBLAS_CORETYPE ")
                .hasMessageContaining("set the environment as there");
    }

    @Test
    void a_step_of_four_small_batches_is_that_of_one_large_one() throws Exception {
        // Given: the first step with four batches of four windows, and with one of sixteen
        Schedule large = new Schedule(1, 16, 1e-2, 0, 1, 1);
        Schedule small = new Schedule(1, 4, 1e-2, 0, 1, 1, new Descent(-1, 1, 0.003, 4));
        TrainSpec spec = Toy.spec(Toy.dense(), 1, 1);

        // When
        TrainedModel one = Trainer.train(Toy.data(1), spec.with(large), TrainingListener.NONE);
        TrainedModel four = Trainer.train(Toy.data(1), spec.with(small), TrainingListener.NONE);

        // Then
        float[] a = one.example().cleaned().toArray();
        float[] b = four.example().cleaned().toArray();
        for (int i = 0; i < a.length; i++) {
            assertThat(b[i]).isCloseTo(a[i], within(1e-3f));
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process probe(Path checkpoint, Path model) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CheckpointProbe.class.getName(),
                        checkpoint.toString(),
                        model.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static BufferedReader steps(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
