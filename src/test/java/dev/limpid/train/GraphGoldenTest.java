package dev.limpid.train;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.limpid.Golden;
import dev.limpid.signal.Floats;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a definition without a key that came later exports, so that its model keeps its bytes. */
class GraphGoldenTest {
    /** Every node, and the name and shape of every tensor. */
    @Test
    void the_graphs_of_definitions_without_levels_are_as_ever() {
        StringBuilder text = new StringBuilder();
        for (Ends ends : List.of(
                Ends.DEFAULT,
                new Ends(Ends.Normalisation.NONE, Ends.Output.LINEAR),
                new Ends(Ends.Normalisation.WINDOW, Ends.Output.SIGMOID))) {
            text.append("# ").append(ends).append('\n').append(graph(autoencoder(ends)));
        }
        text.append("# by the noise's level\n")
                .append(graph(new Autoencoder(
                        new Dense(List.of(3)),
                        List.of("a"),
                        32,
                        Floats.of(0),
                        Floats.of(1),
                        Scaling.NOISE_LEVEL,
                        Ends.DEFAULT)));

        Golden.verify("train/graphs.txt", text.toString());
    }

    private static String graph(Autoencoder autoencoder) {
        Map<String, float[]> weights;
        try (TorchOps torch = TorchOps.seeded(1)) {
            int channels = autoencoder.channels().size();
            Torch.inferring(() -> autoencoder
                    .clean(
                            torch,
                            Torch.tensor(new float[channels * 32], 1, channels, 32),
                            Torch.tensor(new float[channels * 32], 1, channels, 32))
                    .dim());
            weights = torch.values();
        }
        OnnxOps ops = new OnnxOps(weights);
        Autoencoder.Cleaned<String> cleaned = autoencoder.cleaned(ops, "x", "observed");
        String error = autoencoder.error(ops, "x", "observed", cleaned, autoencoder.scale());
        ops.output(cleaned.clean(), "clean");
        ops.output(error, "error");
        GraphProto.Builder graph = ops.graph();
        StringBuilder text = new StringBuilder();
        for (TensorProto tensor : graph.getInitializerList()) {
            text.append(tensor.getName())
                    .append(' ')
                    .append(tensor.getDimsList())
                    .append('\n');
        }
        for (NodeProto node : graph.getNodeList()) {
            text.append(node.getName())
                    .append(" = ")
                    .append(node.getOpType())
                    .append(node.getInputList())
                    .append('\n');
        }
        return text.toString();
    }

    private static Autoencoder autoencoder(Ends ends) {
        return new Autoencoder(
                new Dense(List.of(12)),
                List.of("a", "b"),
                32,
                Floats.of(0.5f, -3),
                Floats.of(2, 0.5f),
                Scaling.DEVIATION,
                ends);
    }
}
