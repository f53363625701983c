package dev.limpid.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {
    private static final Expected EXPECTED = new Expected("ecg", 2, 256, 64);

    @TempDir
    Path folder;

    private static void assertRefused(byte[] model, String... problems) {
        assertThatThrownBy(() -> ModelFile.open(model, "m.onnx", Provider.CPU, EXPECTED)
                        .denoiser()
                        .close())
                .isInstanceOfSatisfying(
                        ModelRefused.class, e -> assertThat(e.problems()).containsExactly(problems));
    }

    @Test
    void a_good_file_opens_with_its_digest_and_its_measured_time() throws Exception {
        // Given
        Path file = folder.resolve("tiny.onnx");
        Files.write(file, TinyModel.halving(2, 256).bytes());

        // When
        ModelFile model = ModelFile.open(file, Provider.CPU, EXPECTED);

        // Then
        assertThat(model.denoiser().spec().id().sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file))));
        assertThat(model.denoiser().spec().id().toString()).startsWith("tiny:1@");
        assertThat(model.provider()).isEqualTo(Provider.CPU);
        assertThat(model.nanosPerWindow()).isBetween(1L, 10_000_000L);
        model.denoiser().close();
    }

    @Test
    void a_missing_file_is_refused() {
        assertThatThrownBy(() -> ModelFile.open(folder.resolve("no.onnx"), Provider.CPU, EXPECTED))
                .isInstanceOf(ModelRefused.class)
                .hasMessageStartingWith("model no.onnx refused: there is no file ");
    }

    @Test
    void bytes_that_are_no_model_are_refused() {
        byte[] good = TinyModel.identity(2, 256).bytes();
        for (byte[] bad : List.of(
                new byte[0], "garbage".getBytes(StandardCharsets.UTF_8), Arrays.copyOf(good, good.length / 2))) {
            assertThatThrownBy(() -> ModelFile.open(bad, "m.onnx", Provider.CPU, EXPECTED))
                    .isInstanceOf(ModelRefused.class)
                    .hasMessageStartingWith("model m.onnx refused: ");
        }
    }

    @Test
    void other_channels_or_another_order_are_refused_with_the_remedy_but_a_single_one_may_be_called_anything()
            throws Exception {
        Expected swapped = Expected.of("ecg", List.of("c1", "c0"), 256, 64);
        byte[] two = TinyModel.identity(2, 256).bytes();
        assertThatThrownBy(() -> ModelFile.open(two, "m.onnx", Provider.CPU, swapped))
                .hasMessage("model tiny:1 refused: its channels are [c0, c1], pipeline 'ecg' has [c1, c0]; train it on"
                        + " these, in this order, or set input.channels to what the model was trained on")
                .isInstanceOfSatisfying(
                        ModelRefused.class, e -> assertThat(e.check()).isEqualTo(AdmissionCheck.SHAPE));
        ModelFile.open(two, "m.onnx", Provider.CPU, Expected.of("ecg", List.of("c0", "c1"), 256, 64))
                .denoiser()
                .close();
        byte[] one = TinyModel.identity(1, 256).bytes();
        ModelFile.open(one, "m.onnx", Provider.CPU, Expected.of("ecg", List.of("lead"), 256, 64))
                .denoiser()
                .close();
    }

    @Test
    void a_window_of_another_length_is_refused_with_the_remedy() {
        assertThatThrownBy(() -> ModelFile.open(TinyModel.identity(2, 128).bytes(), "m.onnx", Provider.CPU, EXPECTED))
                .hasMessage("model tiny:1 refused: input 'x' is [-1,2,128], pipeline 'ecg' needs [-1,2,256];"
                        + " retrain with window.length=256");
    }

    @Test
    void another_number_of_channels_is_refused() {
        assertRefused(
                TinyModel.identity(1, 256).bytes(),
                "input 'x' is [-1,1,256], pipeline 'ecg' needs [-1,2,256]; retrain with 2 channels");
    }

    @Test
    void wrong_names_are_refused_all_at_once() {
        assertRefused(
                TinyModel.odd(2, 256, "signal", "out", DataType.FLOAT, -1, 2, 256)
                        .bytes(),
                "input 'signal' is none that Limpid fills; it knows 'x' and 'observed'",
                "output 'out' is none that Limpid reads; it knows 'clean', 'error', 'embedding', 'confidence', 'missing_before',"
                        + " 'missing_count', 'score', 'reason', 'contribution', 'tweedie'",
                "input 'x' is missing; the graph has 'signal'",
                "output 'clean' is missing; the graph has 'out'");
    }

    @Test
    void another_type_is_refused() {
        assertRefused(
                TinyModel.odd(2, 256, "x", "clean", DataType.DOUBLE, -1, 2, 256).bytes(),
                "input 'x' is double, needs float32; export it as float32",
                "output 'clean' is double, needs float32; export it as float32");
    }

    @Test
    void another_rank_is_refused() {
        assertRefused(
                TinyModel.odd(2, 256, "x", "clean", DataType.FLOAT, -1, 512).bytes(),
                "input 'x' is [-1,512], its metadata says [-1,2,256]",
                "output 'clean' is [-1,512], its metadata says [-1,2,256]");
    }

    @Test
    void a_fixed_batch_axis_is_refused() {
        assertRefused(
                TinyModel.odd(2, 256, "x", "clean", DataType.FLOAT, 1, 2, 256).bytes(),
                "input 'x' is [1,2,256], needs [-1,2,256]; export it with a dynamic batch axis",
                "output 'clean' is [1,2,256], needs [-1,2,256]; export it with a dynamic batch axis");
    }

    @Test
    void a_file_without_metadata_is_refused() {
        assertRefused(
                TinyModel.identity(2, 256).withoutMetadata().bytes(),
                "it carries no metadata_props[\"limpid\"]; export it with limpid train, or give it some with limpid model adopt");
    }

    @Test
    void a_model_that_misses_its_golden_windows_is_refused() {
        assertThatThrownBy(() -> ModelFile.open(
                        TinyModel.halving(2, 256).expecting(x -> x).bytes(), "m.onnx", Provider.CPU, EXPECTED))
                .hasMessageContaining("golden window 0 differs by 0.9875, its tolerance is 1.0E-6");
    }

    @Test
    void a_model_that_gives_nan_for_its_golden_windows_is_refused() {
        // the golden input rises from -0.1, so that only its first value has no root
        assertThatThrownBy(() -> ModelFile.open(
                        TinyModel.squareRoot(2, 256).startingAt(-0.1f).bytes(), "m.onnx", Provider.CPU, EXPECTED))
                .hasMessageContaining("golden window 0 gives NaN in output 'clean', wanted finite values");
    }

    @Test
    void a_model_whose_answer_depends_on_the_batch_is_refused() {
        assertRefused(
                TinyModel.batchDependent(2, 256).bytes(),
                "its answer depends on the batch: 64 windows at once and 1 at a time differ;"
                        + " export it without operators that mix windows");
    }

    @Test
    void a_model_that_fails_on_its_golden_windows_is_refused() {
        assertThatThrownBy(() -> ModelFile.open(
                        TinyModel.failingBeyond3(2, 256).scaledBy(10).bytes(), "m.onnx", Provider.CPU, EXPECTED))
                .hasMessageContaining("it fails on its golden windows: ONNX Runtime: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Error code - ORT_EP_FAIL - message: Failed to find CUDA shared provider",
                "Error code - ORT_INVALID_ARGUMENT - message: CUDA execution provider is not compiled with CUDA support"
            })
    void a_build_for_the_cpu_says_which_build_is_needed(String error) {
        assertThat(CudaLibraries.explain(error))
                .contains("libonnxruntime_providers_cuda.so is missing")
                .contains("mvn -Pcuda");
    }

    @Test
    void missing_cuda_libraries_are_named(@TempDir Path place) throws Exception {
        Files.createFile(place.resolve("libcudart.so.12"));
        assertThat(CudaLibraries.missing(List.of("libcublasLt.so.12", "libcudart.so.12"), List.of(place)))
                .contains("libcublasLt.so.12")
                .doesNotContain("libcudart.so.12");
        assertThat(CudaLibraries.explain(
                        "Error code - ORT_FAIL - message: provider_bridge_ort.cc:1988 FAIL : Failed to load"
                                + " library /tmp/libonnxruntime_providers_cuda.so with error: libcublasLt.so.12: cannot open shared"
                                + " object file: No such file or directory\n"))
                .startsWith(
                        "provider cuda cannot be used: libcublasLt.so.12: cannot open shared object file: No such file or"
                                + " directory;")
                .contains("LD_LIBRARY_PATH");
    }

    @Test
    void what_cuda_says_is_told_without_where_it_says_so() {
        assertThat(CudaLibraries.explain("Error code - ORT_FAIL - message: /onnxruntime_src/info.cc:62 FAIL : Failed to"
                        + " parse provider option \"device_id\": CUDA failure 100: no CUDA-capable device is detected ; GPU=-1 ;"
                        + " hostname=vm ; file=/onnxruntime_src/info.cc"))
                .startsWith("provider cuda cannot be used: CUDA failure 100: no CUDA-capable device is detected;")
                .contains("set provider: cpu");
    }

    @Test
    void a_convolution_without_cudnn_is_told_from_a_model_at_fault() {
        String without =
                "it fails on its golden windows: ONNX Runtime: Error code - ORT_NOT_IMPLEMENTED - message: Non-zero"
                        + " status code returned while running Conv node. Name:'Conv4' Status Message: cuDNN is unavailable or disabled for"
                        + " CUDA Execution Provider: dlopen failed for libcudnn.so: libcudnn.so: cannot open shared object file";
        assertThat(CudaLibraries.lackCudnn(List.of(without))).isTrue();
        assertThat(CudaLibraries.lackCudnn(List.of("golden window 0 differs by 1")))
                .isFalse();
        assertThat(CudaLibraries.explain(without))
                .startsWith(
                        "provider cuda cannot be used: its convolutions need cuDNN, and libcudnn.so.9 cannot be loaded;");
    }

    @Test
    void cuda_without_a_device_is_refused_and_auto_runs_on_the_cpu() throws Exception {
        byte[] model = TinyModel.halving(2, 256).bytes();
        assumeFalse(Files.exists(Path.of("/dev/nvidiactl")), "there is a CUDA device here");

        assertThatThrownBy(() -> ModelFile.open(model, "m.onnx", Provider.CUDA, EXPECTED))
                .isInstanceOf(ModelRefused.class)
                .hasMessageContaining("provider cuda cannot be used: ")
                .hasMessageContaining("lib");

        ModelFile opened = ModelFile.open(model, "m.onnx", Provider.AUTO, EXPECTED);
        assertThat(opened.provider()).isEqualTo(Provider.CPU);
        WindowBatch batch = new WindowBatch(1, 2, 256);
        batch.x().put(batch.add(), 4f);
        Reconstruction out = new Reconstruction(1, 2, 256);
        opened.denoiser().denoise(batch, 0, 1, out);
        assertThat(out.clean().get(0)).isEqualTo(2f);
        opened.denoiser().close();
    }

    @Test
    void one_artifact_of_onnx_runtime_is_on_the_class_path() {
        long natives = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Path.of(entry).getFileName().toString().startsWith("onnxruntime"))
                .count();
        assertThat(natives).isEqualTo(1);
    }
}
