package dev.limpid.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.limpid.model.Denoiser;
import dev.limpid.model.FakeTokens;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.Vocabulary;
import dev.limpid.model.WindowBatch;
import dev.limpid.signal.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code reason} of a model file: read, or refused. */
class ReasonOutputTest {
    private static final int LENGTH = 4;
    private static final Vocabulary ABC = FakeTokens.vocabulary("a", "b", "c");

    /** {@link TinyModel#tokens} that says {@code reason = the place of the greatest id, plus more}, in a type of its own. */
    private static byte[] model(DataType type, long more) throws Exception {
        ModelProto.Builder model =
                ModelProto.parseFrom(TinyModel.tokens(LENGTH, ABC).bytes()).toBuilder();
        GraphProto.Builder graph = model.getGraphBuilder();
        graph.addInitializer(TensorProto.newBuilder()
                .setName("more")
                .setDataType(DataType.INT64.getNumber())
                .addInt64Data(more));
        graph.addNode(NodeProto.newBuilder()
                .setOpType("ArgMax")
                .addInput("x")
                .addOutput("place")
                .addAttribute(integer("axis", -1))
                .addAttribute(integer("keepdims", 0)));
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Add")
                .addInput("place")
                .addInput("more")
                .addOutput("sum"));
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Cast")
                .addInput("sum")
                .addOutput("reason")
                .addAttribute(integer("to", type.getNumber())));
        ValueInfoProto.Builder reason =
                graph.getOutput(graph.getOutputCount() - 1).toBuilder().setName("reason");
        reason.getTypeBuilder().getTensorTypeBuilder().setElemType(type.getNumber());
        graph.addOutput(reason);
        return model.build().toByteArray();
    }

    private static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static ModelFile open(byte[] bytes) throws ModelRefused {
        return ModelFile.open(bytes, "tiny", Provider.CPU, new Expected("p", 1, LENGTH, 8, Kind.TOKENS));
    }

    @Test
    void reasons_come_out_where_their_windows_stand() throws Exception {
        // Given
        WindowBatch batch = new WindowBatch(8, 1, LENGTH);
        Reconstruction out = new Reconstruction(8, 1, LENGTH);
        for (int window = 0; window < 3; window++) {
            batch.x().put(batch.add() * LENGTH + window, 5);
        }

        // When
        try (Denoiser denoiser = open(model(DataType.INT64, 0)).denoiser()) {
            assertThat(denoiser.spec().outputs().reason()).isTrue();
            denoiser.denoise(batch, 1, 3, out);
        }

        // Then
        long[] reasons = new long[3];
        out.reason().get(0, reasons);
        assertThat(reasons).containsExactly(0, 1, 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {2, -4, Long.MAX_VALUE})
    void a_reason_that_there_is_not_is_refused(long more) {
        // the greatest id of the golden window is its last
        assertThatThrownBy(() -> open(model(DataType.INT64, more)))
                .isInstanceOf(ModelRefused.class)
                .hasMessageMatching(".*golden window 0 gives -?[0-9]+ in output 'reason', wanted 0 to 4; train.*");
    }

    @Test
    void reasons_in_another_type_are_refused() {
        assertThatThrownBy(() -> open(model(DataType.FLOAT, 0)))
                .hasMessageContaining("output 'reason' is float32, needs int64; export it as int64");
    }
}
