package dev.limpid.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.limpid.model.Denoiser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the process of its own does with models whose bytes are sound, and what is remembered of it. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the limits of a process are Linux's")
class AdmissionTest {
    private static final int DIMENSION = 4_096;

    @TempDir
    private Path folder;

    @AfterEach
    void no_child_is_left() {
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    private Admission admission() {
        return new Admission(AdmissionLimits.standard().cache(folder.resolve("cache")));
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("m.onnx"), bytes);
    }

    private ModelRefused refusal(Admission admission, byte[] bytes) throws IOException {
        Path file = file(bytes);
        return catchThrowableOfType(ModelRefused.class, () -> admission
                .admit(file, Provider.CPU, Bad.EXPECTED)
                .denoiser()
                .close());
    }

    /** As if a child had let it pass before: for what comes after. */
    private VerdictCache knownAsGood(byte[] bytes) throws Exception {
        VerdictCache cache = new VerdictCache(folder.resolve("cache"), HostKind.text());
        cache.keep(sha256(bytes), Bad.EXPECTED, Verdict.passed());
        return cache;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private List<Path> verdicts() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            return files.toList();
        }
    }

    @Test
    void a_good_model_passes_every_check_and_the_next_time_needs_no_child() throws Exception {
        // Given
        Path file = file(Bad.good());
        List<String> first = new ArrayList<>();
        List<String> second = new ArrayList<>();

        // When
        admission()
                .admit(file, Provider.CPU, m -> Bad.EXPECTED, (check, how) -> first.add(check.label() + " " + how))
                .denoiser()
                .close();
        admission()
                .admit(file, Provider.CPU, m -> Bad.EXPECTED, (check, how) -> second.add(check.label() + " " + how))
                .denoiser()
                .close();

        // Then
        assertThat(first).hasSize(9).anyMatch(line -> line.matches("child \\d+ ms"));
        assertThat(second).hasSize(9).contains("child as known from an earlier time");
        assertThat(verdicts()).hasSize(1);
    }

    @Test
    void a_refusal_is_remembered_with_its_reason_and_only_for_its_shape_of_batch() throws Exception {
        // Given
        byte[] bytes = TinyModel.batchDependent(Bad.CHANNELS, Bad.LENGTH).bytes();

        // When
        ModelRefused first = refusal(admission(), bytes);
        // without any time a child could say nothing
        ModelRefused second = refusal(
                new Admission(AdmissionLimits.standard()
                        .cache(folder.resolve("cache"))
                        .childTime(Duration.ZERO)),
                bytes);

        // Then
        assertThat(first.check()).isEqualTo(AdmissionCheck.BATCH);
        assertThat(second.check()).isEqualTo(AdmissionCheck.BATCH);
        assertThat(second).hasMessage(first.getMessage()).hasMessageContaining("its answer depends on the batch");
    }

    @Test
    void a_spoilt_verdict_is_none() throws Exception {
        // Given
        VerdictCache cache = knownAsGood(Bad.good());
        Path verdict = verdicts().get(0);
        String text = Files.readString(verdict);
        String sha256 = sha256(Bad.good());

        // Then
        assertThat(cache.find(sha256, Bad.EXPECTED)).contains(Verdict.passed());
        for (String spoilt : List.of(
                "",
                "\n\n",
                text.substring(0, text.length() - 1),
                text + "x",
                text.replace("batch", "catch"),
                text.replace("refusedBy", "refusedBX"),
                "{}",
                text.replace("null", "\"NOSUCH\""))) {
            Files.writeString(verdict, spoilt);
            assertThat(cache.find(sha256, Bad.EXPECTED)).as(spoilt).isEmpty();
        }
        Files.writeString(verdict, text);
        assertThat(cache.find(sha256, Bad.EXPECTED)).isPresent();
        assertThat(cache.find(sha256, new Expected("ecg", Bad.CHANNELS, Bad.LENGTH, 65)))
                .isEmpty();
        assertThat(new VerdictCache(folder.resolve("cache"), "another CPU").find(sha256, Bad.EXPECTED))
                .isEmpty();
    }

    @Test
    void a_folder_that_others_may_write_to_is_not_believed() throws Exception {
        // Given
        Path cache = Files.createDirectory(folder.resolve("cache"));
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));

        // When
        new VerdictCache(cache, "host").keep("00", Bad.EXPECTED, Verdict.passed());

        // Then
        assertThat(verdicts()).isEmpty();
    }

    @Test
    void a_model_that_computes_for_ever_is_stopped() throws Exception {
        // Given 300 products of matrices of 4,096 by 4,096, 140 billion operations each
        byte[] bytes = Bad.inGraph(graph -> {
            graph.addInitializer(Bad.longs("size", DIMENSION, DIMENSION))
                    .addNode(Bad.node("ConstantOfShape", "m0", "size"));
            for (int i = 0; i < 300; i++) {
                graph.addNode(Bad.node("MatMul", "m" + (i + 1), "m" + i, "m" + i));
            }
            graph.addNode(Bad.node("ReduceMax", "max", "m300"));
            graph.setNode(0, graph.getNode(0).toBuilder().setInput(1, "max"));
            graph.addNode(graph.getNode(0)).removeNode(0);
        });

        // When
        ModelRefused refusal = refusal(
                new Admission(AdmissionLimits.standard()
                        .cache(folder.resolve("cache"))
                        .childTime(Duration.ofSeconds(2))),
                bytes);

        // Then
        assertThat(refusal.check()).isEqualTo(AdmissionCheck.CHILD);
        assertThat(refusal).hasMessageContaining("it was not loaded and run within 2 s");
        assertThat(refusal.passing()).isTrue();
        assertThat(folder.resolve("cache")).doesNotExist();
    }

    @Test
    void a_model_that_takes_all_memory_takes_only_its_process() throws Exception {
        // Given 16 tensors of 256 MiB
        byte[] bytes = Bad.inGraph(graph -> {
            graph.addInitializer(Bad.longs("size", 1 << 26));
            List<String> parts = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                graph.addNode(Bad.node("ConstantOfShape", "m" + i, "size"));
                parts.add("m" + i);
            }
            graph.addNode(Bad.node("Concat", "all", parts.toArray(String[]::new))
                    .addAttribute(Bad.attribute("axis")
                            .setType(AttributeProto.AttributeType.INT)
                            .setI(0)));
            graph.addNode(Bad.node("ReduceMax", "max", "all"));
            graph.addNode(Bad.node("Mul", "factor2", "factor", "max"));
            graph.addNode(graph.getNode(0).toBuilder().setInput(1, "factor2")).removeNode(0);
        });

        // When
        ModelRefused refusal = refusal(admission(), bytes);

        // Then
        assertThat(refusal.check()).isEqualTo(AdmissionCheck.CHILD);
        assertThat(refusal).hasMessageContaining("more memory than the process that loads it is given");
    }

    @Test
    void a_slow_model_is_refused_by_its_latency() throws Exception {
        knownAsGood(Bad.good());
        ModelRefused refusal = refusal(
                new Admission(AdmissionLimits.standard()
                        .cache(folder.resolve("cache"))
                        .maxNanosPerWindow(1)),
                Bad.good());
        assertThat(refusal.check()).isEqualTo(AdmissionCheck.LATENCY);
        assertThat(refusal).hasMessageContaining("µs per window, wanted at most 0");
    }

    @Test
    void an_infinite_output_and_a_graph_that_does_not_fit_together_are_refused_by_the_child() throws Exception {
        ModelRefused infinite =
                refusal(admission(), Bad.inGraph(graph -> graph.setNode(0, Bad.node("Div", "clean", "x", "zero"))
                        .addInitializer(Bad.floats("zero", 0))));
        assertThat(infinite.check()).isEqualTo(AdmissionCheck.GOLDEN);
        assertThat(infinite).hasMessageContaining("golden window 0 gives Infinity in output 'clean'");

        ModelRefused shapes =
                refusal(admission(), Bad.inGraph(graph -> graph.addInitializer(Bad.floats("five", 1, 2, 3, 4, 5))
                        .setNode(0, Bad.node("Mul", "clean", "x", "five"))));
        assertThat(shapes.problems()).hasSize(1);
        assertThat(shapes.check()).isIn(AdmissionCheck.LOAD, AdmissionCheck.GOLDEN);
    }

    @Test
    void an_original_that_changes_meanwhile_changes_nothing() throws Exception {
        // Given
        Path file = file(Bad.good());
        knownAsGood(Bad.good());

        // When
        try (Denoiser denoiser = admission()
                .admit(
                        file,
                        Provider.CPU,
                        metadata -> {
                            overwrite(file);
                            return Bad.EXPECTED;
                        },
                        (check, how) -> {})
                .denoiser()) {
            // Then
            assertThat(denoiser.spec().id().name()).isEqualTo("tiny");
        }
        assertThatThrownBy(() -> admission().admit(file, Provider.CPU, Bad.EXPECTED))
                .isInstanceOf(ModelRefused.class);
    }

    private static void overwrite(Path file) {
        try {
            Files.writeString(file, "evil");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
