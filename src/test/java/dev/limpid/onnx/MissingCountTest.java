package dev.limpid.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.limpid.model.Denoiser;
import dev.limpid.model.FakeTokens;
import dev.limpid.model.Outputs;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.Vocabulary;
import dev.limpid.model.WindowBatch;
import dev.limpid.signal.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code missing_count} of a model file: read, or refused. */
class MissingCountTest {
    private static final int LENGTH = 4;
    private static final Vocabulary ABC = FakeTokens.vocabulary("a", "b", "c");
    private static final Expected TOKENS = new Expected("p", 1, LENGTH, 8, Kind.TOKENS);

    private static NodeProto node(String operator, String output, String... inputs) {
        return NodeProto.newBuilder()
                .setOpType(operator)
                .addAllInput(List.of(inputs))
                .addOutput(output)
                .build();
    }

    /** {@link TinyModel#tokens} that says more. */
    private static byte[] model(boolean before, DataType type, long more, NodeProto... nodes) throws Exception {
        ModelProto.Builder model =
                ModelProto.parseFrom(TinyModel.tokens(LENGTH, ABC).bytes()).toBuilder();
        GraphProto.Builder graph = model.getGraphBuilder();
        ValueInfoProto error = graph.getOutput(1);
        ValueInfoProto.Builder count = error.toBuilder().setName("missing_count");
        count.getTypeBuilder().getTensorTypeBuilder().setElemType(type.getNumber());
        graph.addOutput(count);
        if (before) {
            graph.addNode(node("Identity", "missing_before", "confidence"));
            graph.addOutput(error.toBuilder().setName("missing_before"));
        }
        graph.addInitializer(TensorProto.newBuilder()
                .setName("more")
                .setDataType(DataType.INT64.getNumber())
                .addInt64Data(more));
        graph.addAllNode(List.of(nodes));
        return model.build().toByteArray();
    }

    /** {@code missing_count = x + more}; x is 1 to 4 in the golden windows. */
    private static byte[] adding(long more) throws Exception {
        return model(true, DataType.INT64, more, node("Add", "missing_count", "x", "more"));
    }

    private static ModelFile open(byte[] bytes) throws ModelRefused {
        return ModelFile.open(bytes, "tiny", Provider.CPU, TOKENS);
    }

    @Test
    void counts_come_out_where_their_windows_stand_as_whole_numbers() throws Exception {
        // Given
        WindowBatch batch = new WindowBatch(8, 1, LENGTH);
        Reconstruction out = new Reconstruction(8, 1, LENGTH);
        batch.add();
        for (int i = batch.add() * LENGTH; i < 2 * LENGTH; i++) {
            batch.x().put(i, i);
        }

        // When
        try (Denoiser denoiser = open(adding(-1)).denoiser()) {
            assertThat(denoiser.spec().outputs()).isEqualTo(new Outputs(true, true, true, true, false, false, 0));
            denoiser.denoise(batch, 1, 2, out);
        }

        // Then
        long[] counts = new long[2 * LENGTH];
        out.missingCount().get(0, counts);
        assertThat(counts).containsExactly(0, 0, 0, 0, 3, 4, 5, 6);
    }

    @ParameterizedTest
    @ValueSource(longs = {-2, 1, Long.MAX_VALUE, Long.MIN_VALUE})
    void counts_that_cannot_be_are_refused(long more) {
        assertThatThrownBy(() -> open(adding(more)))
                .isInstanceOf(ModelRefused.class)
                .hasMessageMatching(".*golden window 0 gives -?[0-9]+ in output 'missing_count', wanted 0 to 4;.*");
    }

    @Test
    void counts_in_another_type_or_without_a_probability_are_refused() throws Exception {
        byte[] floats = model(true, DataType.FLOAT, 0, node("Identity", "missing_count", "error"));
        byte[] alone = model(false, DataType.INT64, 0, node("Identity", "missing_count", "x"));

        assertThatThrownBy(() -> open(floats))
                .hasMessageContaining("output 'missing_count' is float32, needs int64; export it as int64");
        assertThatThrownBy(() -> open(alone)).hasMessageContaining("export 'missing_before' with it");
    }

    @Test
    void counts_that_depend_on_the_batch_are_refused() throws Exception {
        // Given: the least of each place over all windows of the batch, less 1
        TensorProto.Builder axis = TensorProto.newBuilder()
                .setName("batch-axis")
                .setDataType(DataType.INT64.getNumber())
                .addDims(1)
                .addInt64Data(0);
        ModelProto.Builder mixing = ModelProto.parseFrom(model(
                        true,
                        DataType.INT64,
                        0,
                        node("ReduceMin", "least", "x", "batch-axis"),
                        node("Min", "missing_count", "x", "least")))
                .toBuilder();
        mixing.getGraphBuilder().addInitializer(axis);

        assertThatThrownBy(() -> open(mixing.build().toByteArray())).hasMessageContaining("depends on the batch");
    }
}
