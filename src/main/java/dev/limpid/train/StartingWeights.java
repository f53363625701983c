package dev.limpid.train;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.limpid.signal.Floats;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The weights of a model that was trained before, for another training to begin with. They stand in its file as initialisers, under the
 * names that the network gives its parameters ({@link Layer}).
 */
public final class StartingWeights {
    private final String from;
    private final Map<String, float[]> weights;

    private StartingWeights(String from, Map<String, float[]> weights) {
        this.from = from;
        this.weights = weights;
    }

    /**
     * Those of a model file, which has been admitted.
     *
     * @param from its name, for provenance
     * @throws IOException if it cannot be read, or is no ONNX file
     */
    public static StartingWeights of(Path file, String from) throws IOException {
        Map<String, float[]> weights = new LinkedHashMap<>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (TensorProto tensor : ModelProto.parseFrom(in).getGraph().getInitializerList()) {
                if (tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber() && tensor.hasRawData()) {
                    weights.put(tensor.getName(), values(tensor));
                }
            }
        }
        return new StartingWeights(from, weights);
    }

    private static float[] values(TensorProto tensor) {
        FloatBuffer raw = tensor.getRawData()
                .asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] values = new float[raw.remaining()];
        raw.get(values);
        return values;
    }

    /** Why the network of {@code spec} cannot begin with them; empty if it can. */
    public Optional<String> misfit(TrainSpec spec) {
        float[] ones = new float[spec.channels().size()];
        Autoencoder autoencoder = new Autoencoder(
                spec.network(),
                spec.channels(),
                spec.length(),
                Floats.of(ones),
                Floats.of(ones),
                Scaling.DEVIATION,
                spec.ends());
        CostOps ops = new CostOps();
        int[] window = {1, spec.channels().size(), spec.length()};
        autoencoder.clean(ops, window, window);
        for (Map.Entry<String, Long> wanted : ops.sizes().entrySet()) {
            float[] values = weights.get(wanted.getKey());
            if (values == null || values.length != wanted.getValue()) {
                return Optional.of(from + " has another network than train.network asks for: '" + wanted.getKey()
                        + "' has " + (values == null ? "no" : values.length) + " weights there, " + wanted.getValue()
                        + " here");
            }
        }
        return weights.keySet().stream()
                .filter(name -> name.endsWith(".weight") && !ops.sizes().containsKey(name))
                .findFirst()
                .map(more ->
                        from + " has another network than train.network asks for: '" + more + "' is there, not here");
    }

    /** For people: where the weights began. */
    String phrase() {
        return "started from the weights of " + from;
    }

    Map<String, float[]> weights() {
        return Collections.unmodifiableMap(weights);
    }
}
