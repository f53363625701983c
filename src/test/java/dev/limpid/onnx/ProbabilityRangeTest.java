package dev.limpid.onnx;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.limpid.model.FakeTokens;
import dev.limpid.model.Vocabulary;
import dev.limpid.signal.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model file of tokens whose probabilities are none in its golden windows. */
class ProbabilityRangeTest {
    private static final int LENGTH = 4;
    private static final Vocabulary ABC = FakeTokens.vocabulary("a", "b", "c");

    /** {@link TinyModel#tokens} with an output, like its confidence of 1, of one value everywhere. */
    private static byte[] model(String output, float value) throws Exception {
        ModelProto.Builder model =
                ModelProto.parseFrom(TinyModel.tokens(LENGTH, ABC).bytes()).toBuilder();
        GraphProto.Builder graph = model.getGraphBuilder();
        NodeProto.Builder node = NodeProto.newBuilder().addInput("nothing");
        if (Float.isNaN(value)) { // no tensor may hold it
            node.setOpType("Div").addInput("nothing");
        } else {
            node.setOpType("Add").addInput("value");
            graph.addInitializer(TensorProto.newBuilder()
                    .setName("value")
                    .setDataType(DataType.FLOAT.getNumber())
                    .addFloatData(value));
        }
        if (output.equals("confidence")) {
            for (NodeProto.Builder each : graph.getNodeBuilderList()) {
                if (each.getOutput(0).equals(output)) {
                    each.setOutput(0, "unused");
                }
            }
        } else {
            graph.addOutput(graph.getOutput(1).toBuilder().setName(output));
        }
        graph.addNode(node.addOutput(output));
        return model.build().toByteArray();
    }

    private static void open(String output, float value) throws Exception {
        Expected tokens = new Expected("p", 1, LENGTH, 8, Kind.TOKENS);
        ModelFile.open(model(output, value), "tiny", Provider.CPU, tokens)
                .denoiser()
                .close();
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1.01f, -0.01f, 100f})
    void what_is_no_probability_is_refused(float value) {
        for (String output : new String[] {"confidence", "missing_before"}) {
            assertThatThrownBy(() -> open(output, value))
                    .as(output)
                    .isInstanceOf(ModelRefused.class)
                    .hasMessageContaining("model tiny:1")
                    .hasMessageContaining("golden window 0 gives " + value + " in output '" + output
                            + "', wanted 0 to 1; train the model again");
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0f, 0.5f, 1f, 1.000001f, -0.000001f})
    void a_probability_is_let_in_also_one_that_was_rounded(float value) {
        for (String output : new String[] {"confidence", "missing_before"}) {
            assertThatCode(() -> open(output, value)).as(output).doesNotThrowAnyException();
        }
    }
}
