package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.onnx.Expected;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.Provider;
import dev.limpid.signal.Floats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that someone exported elsewhere: {@code denoised = signal / 2}, with values that are called x and mean on the way. */
class AdoptionTest {
    private static final int LENGTH = 8;
    private static final Expected EXPECTED = new Expected("p", 2, LENGTH, 64);

    @TempDir
    private Path folder;

    private Path foreign(long... shape) throws IOException {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("theirs")
                .addInput(value("signal", shape))
                .addOutput(value("denoised", shape))
                .addInitializer(TensorProto.newBuilder()
                        .setName("mean")
                        .setDataType(TensorProto.DataType.FLOAT.getNumber())
                        .addFloatData(0.5f))
                .addNode(NodeProto.newBuilder()
                        .setOpType("Mul")
                        .addInput("signal")
                        .addInput("mean")
                        .addOutput("x"))
                .addNode(NodeProto.newBuilder()
                        .setOpType("Identity")
                        .addInput("x")
                        .addOutput("denoised"));
        ModelProto model = ModelProto.newBuilder()
                .setIrVersion(8)
                .setProducerName("pytorch")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph)
                .build();
        return Files.write(folder.resolve("theirs.onnx"), model.toByteArray());
    }

    private static ValueInfoProto value(String name, long... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("N"));
        for (long size : shape) {
            dimensions.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(1).setShape(dimensions)))
                .build();
    }

    /** Two channels, 4 ± 1 and 100 ± 10, a square wave each. */
    private CsvRecording sample() throws Exception {
        StringBuilder rows = new StringBuilder("timestamp,a,b\n");
        for (int i = 0; i < 40; i++) {
            rows.append(i).append(i % 2 == 0 ? ",3,90\n" : ",5,110\n");
        }
        return CsvRecording.read(Files.writeString(folder.resolve("sample.csv"), rows));
    }

    private static AdoptionSpec spec() {
        return new AdoptionSpec("theirs", "3", LENGTH, List.of("a", "b"), "V", Floats.of(), Floats.of());
    }

    private ModelFile opened(Adoption.Adopted adopted) throws Exception {
        Path out = folder.resolve("ours.onnx");
        adopted.bytes().write(out);
        return ModelFile.open(out, Provider.CPU, EXPECTED);
    }

    private static float[] answer(ModelFile model, float a, float b) throws Exception {
        WindowBatch batch = new WindowBatch(1, 2, LENGTH);
        Reconstruction out = new Reconstruction(1, 2, LENGTH);
        batch.add();
        for (int i = 0; i < LENGTH; i++) {
            batch.x().put(i, a).put(LENGTH + i, b);
        }
        model.denoiser().denoise(batch, 0, 1, out);
        model.denoiser().close();
        return new float[] {out.clean().get(0), out.clean().get(LENGTH)};
    }

    @Test
    void a_flat_graph_is_put_between_x_and_clean_and_calibrated() throws Exception {
        // When
        Adoption.Adopted adopted = Adoption.adopt(foreign(2 * LENGTH), spec(), sample(), false);

        // Then
        ModelFile model = opened(adopted);
        assertThat(model.metadata().name() + ":" + model.metadata().version()).isEqualTo("theirs:3");
        assertThat(answer(model, 3, 90)).containsExactly(1.5f, 45);
        // the residual is half the value: of 3 and 5, sqrt((1.5² + 2.5²) / 2)
        assertThat(adopted.metadata().channels().get(0).residualScale()).isCloseTo(2.0615528f, within(1e-5f));
        assertThat(adopted.metadata().channels().get(1).residualScale()).isCloseTo(50.24938f, within(1e-4f));
        assertThat(adopted.metadata().scoreQuantiles().at(3)).isCloseTo(1f, within(1e-5f));
        assertThat(adopted.metadata().golden()).hasSize(3);
        assertThat(adopted.metadata().training().code())
                .startsWith("adopted from theirs.onnx ")
                .contains("sample.csv");
    }

    @Test
    void time_before_channel_is_transposed_and_normalisation_wraps_the_graph() throws Exception {
        ModelFile model = opened(Adoption.adopt(foreign(LENGTH, 2), spec(), sample(), true));
        // half-way back to the means, 4 and 100
        assertThat(answer(model, 6, 80)).containsExactly(new float[] {5, 90}, within(1e-4f));
    }

    @Test
    void a_graph_of_another_shape_is_refused_with_what_would_fit() throws Exception {
        Path file = foreign(3, 5);
        assertThatThrownBy(() -> Adoption.adopt(file, spec(), sample(), false))
                .isInstanceOf(TrainingRefused.class)
                .hasMessageContaining(
                        "input 'signal' is [-1,3,5], needs [-1,2,8], [-1,8,2] or [-1,16]; check --window");
    }

    @Test
    void sample_data_shorter_than_a_window_are_refused() throws Exception {
        Path file = foreign(2, LENGTH);
        CsvRecording few = CsvRecording.read(Files.writeString(folder.resolve("few.csv"), "a,b\n1,2\n"));
        assertThatThrownBy(() -> Adoption.adopt(file, spec(), few, false))
                .hasMessageContaining("no whole window of 8 samples");
    }
}
