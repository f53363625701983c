package dev.limpid.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The inputs and outputs of a model's graph, and whether they are those that Limpid and the pipeline need. */
final class Graph {
    static final String X = "x";
    static final String OBSERVED = "observed";
    static final String CLEAN = "clean";
    static final String ERROR = "error";

    private final Map<String, NodeInfo> inputs;
    private final Map<String, NodeInfo> outputs;
    private final List<String> problems = new ArrayList<>();

    Graph(OrtSession session) throws OrtException {
        this.inputs = session.getInputInfo();
        this.outputs = session.getOutputInfo();
    }

    boolean observed() {
        return inputs.containsKey(OBSERVED);
    }

    boolean error() {
        return outputs.containsKey(ERROR);
    }

    /** Everything about the graph that contradicts {@code metadata} or what is {@code expected}. */
    List<String> problems(ModelMetadata metadata, Expected expected) {
        int channels = metadata.channels().size();
        int length = metadata.windowLength();
        if (channels != expected.channels() || length != expected.length()) {
            problems.add(mismatch(shape(channels, length), expected));
        }
        String wanted = "its metadata says " + text(shape(channels, length));
        for (String name : inputs.keySet()) {
            if (!Set.of(X, OBSERVED).contains(name)) {
                problems.add("input '" + name + "' is none that Limpid fills; it knows 'x' and 'observed'");
            }
        }
        tensor("input", X, inputs.get(X), shape(channels, length), wanted);
        if (observed()) {
            tensor("input", OBSERVED, inputs.get(OBSERVED), shape(channels, length), wanted);
        }
        tensor("output", CLEAN, outputs.get(CLEAN), shape(channels, length), wanted);
        if (error()) {
            tensor("output", ERROR, outputs.get(ERROR), shape(channels, length), wanted);
        }
        return problems;
    }

    private String mismatch(long[] said, Expected expected) {
        String remedy = said[2] != expected.length()
                ? "retrain with window.length=" + expected.length()
                : "retrain with " + expected.channels() + " channels";
        return "input 'x' is " + text(said) + ", pipeline '" + expected.pipeline() + "' needs "
                + text(shape(expected.channels(), expected.length())) + "; " + remedy;
    }

    private void tensor(String side, String name, @Nullable NodeInfo info, long[] shape, String wanted) {
        if (info == null) {
            problems.add(side + " '" + name + "' is missing; the graph has " + names(side));
            return;
        }
        String subject = side + " '" + name + "' is ";
        if (!(info.getInfo() instanceof TensorInfo tensor)) {
            problems.add(subject + "no tensor; export it as float32");
            return;
        }
        if (tensor.type != OnnxJavaType.FLOAT) {
            problems.add(subject
                    + tensor.onnxType.name().replaceFirst(".*_TYPE_", "").toLowerCase(Locale.ROOT)
                    + ", needs float32; export it as float32");
        }
        long[] got = tensor.getShape();
        if (got.length != shape.length) {
            problems.add(subject + text(got) + ", " + wanted);
        } else if (got[0] != -1) {
            problems.add(subject + text(got) + ", needs " + text(shape) + "; export it with a dynamic batch axis");
        } else if (!fits(got, shape, side)) {
            problems.add(subject + text(got) + ", " + wanted);
        }
    }

    /** An output may leave an axis open: the first run tells. */
    private static boolean fits(long[] got, long[] shape, String side) {
        for (int i = 1; i < shape.length; i++) {
            if (got[i] != shape[i] && !(got[i] == -1 && side.equals("output"))) {
                return false;
            }
        }
        return true;
    }

    private String names(String side) {
        return (side.equals("input") ? inputs : outputs)
                .keySet().stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }

    private static long[] shape(int channels, int length) {
        return new long[] {-1, channels, length};
    }

    private static String text(long[] shape) {
        return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(",", "[", "]"));
    }
}
