package dev.limpid.onnx;

import dev.limpid.model.ChannelSpec;
import dev.limpid.model.Outputs;
import dev.limpid.signal.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
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
    static final String EMBEDDING = "embedding";
    static final String CONFIDENCE = "confidence";
    static final String MISSING_BEFORE = "missing_before";
    static final String MISSING_COUNT = "missing_count";
    static final String SCORE = "score";
    static final String REASON = "reason";
    static final String CONTRIBUTION = "contribution";
    static final String TWEEDIE = "tweedie";

    private static final List<String> OUTPUTS = List.of(
            CLEAN, ERROR, EMBEDDING, CONFIDENCE, MISSING_BEFORE, MISSING_COUNT, SCORE, REASON, CONTRIBUTION, TWEEDIE);

    /** Values of a latent vector that a record can carry. */
    private static final int MAX_EMBEDDING = 1 << 14;

    private final Map<String, Port> inputs = new LinkedHashMap<>();
    private final Map<String, Port> outputs = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    Graph(ModelOutline outline) {
        outline.inputs().forEach(port -> inputs.put(port.name(), port));
        outline.outputs().forEach(port -> outputs.put(port.name(), port));
    }

    boolean observed() {
        return inputs.containsKey(OBSERVED);
    }

    boolean error() {
        return outputs.containsKey(ERROR);
    }

    /** What it gives beside {@code clean} and {@code error}. */
    Outputs outputs() {
        Port embedding = outputs.get(EMBEDDING);
        long width = embedding == null || embedding.shape().size() != 2
                ? 0
                : embedding.shape().get(1);
        return new Outputs(
                outputs.containsKey(CONFIDENCE),
                outputs.containsKey(MISSING_BEFORE),
                outputs.containsKey(MISSING_COUNT),
                outputs.containsKey(SCORE),
                outputs.containsKey(REASON),
                outputs.containsKey(CONTRIBUTION),
                (int) Math.max(0, Math.min(width, MAX_EMBEDDING)));
    }

    /** Everything about the graph that contradicts {@code metadata} or what is {@code expected}. */
    List<String> problems(ModelMetadata metadata, Expected expected) {
        int channels = metadata.channels().size();
        int length = metadata.windowLength();
        Kind kind = metadata.cleans();
        if (!kind.equals(expected.kind()) || channels != expected.channels() || length != expected.length()) {
            problems.add(mismatch(kind, channels, length, expected));
        }
        List<String> names = metadata.channels().stream().map(ChannelSpec::name).toList();
        if (channels == expected.channels()
                && !expected.names().isEmpty()
                && !expected.names().equals(names)) {
            problems.add("its channels are " + Problems.shortened(names.toString()) + ", pipeline '"
                    + expected.pipeline() + "' has "
                    + Problems.shortened(expected.names().toString())
                    + "; train it on these, in this order, or set input.channels to what the model was trained on");
        }
        expected.problem(metadata.vocabulary()).ifPresent(problems::add);
        for (String name : inputs.keySet()) {
            if (!Set.of(X, OBSERVED).contains(name)) {
                problems.add("input '" + name + "' is none that Limpid fills; it knows 'x' and 'observed'");
            }
        }
        for (String name : outputs.keySet()) {
            if (!OUTPUTS.contains(name)) {
                problems.add("output '" + name + "' is none that Limpid reads; it knows "
                        + OUTPUTS.stream().map(known -> "'" + known + "'").collect(Collectors.joining(", ")));
            }
        }
        tensors(kind, shape(kind, channels, length));
        if (expected.embedding() && outputs().embedding() == 0) {
            problems.add("it gives no latent vector, which output.embeddings of pipeline '" + expected.pipeline()
                    + "' sends; the graph has " + names("output")
                    + (kind instanceof Kind.Tokens
                            ? "; models of tokens have none: remove output.embeddings"
                            : "; train it with train.embedding: true, or remove output.embeddings"));
        }
        return problems;
    }

    private void tensors(Kind kind, List<Long> shape) {
        ElementType type = kind instanceof Kind.Tokens ? ElementType.INT64 : ElementType.FLOAT;
        tensor("input", X, inputs.get(X), type, shape);
        if (observed()) {
            tensor("input", OBSERVED, inputs.get(OBSERVED), ElementType.FLOAT, shape);
        }
        tensor("output", CLEAN, outputs.get(CLEAN), type, shape);
        if (kind instanceof Kind.Tokens) {
            List.of(ERROR, CONFIDENCE, SCORE).stream()
                    .filter(name -> !outputs.containsKey(name))
                    .forEach(name -> problems.add("output '" + name
                            + "' is missing, which a model of tokens needs; the graph has " + names("output")));
        }
        for (String name : List.of(ERROR, CONFIDENCE, MISSING_BEFORE, CONTRIBUTION, TWEEDIE)) {
            if (outputs.containsKey(name)) {
                tensor("output", name, outputs.get(name), ElementType.FLOAT, shape);
            }
        }
        if (outputs.containsKey(MISSING_COUNT)) {
            tensor("output", MISSING_COUNT, outputs.get(MISSING_COUNT), ElementType.INT64, shape);
            if (!outputs.containsKey(MISSING_BEFORE)) {
                problems.add("output 'missing_count' says how many tokens are missing and none says whether one is;"
                        + " export 'missing_before' with it");
            }
        }
        if (outputs.containsKey(SCORE)) {
            tensor("output", SCORE, outputs.get(SCORE), ElementType.FLOAT, List.of(-1L));
        }
        if (outputs.containsKey(REASON)) {
            tensor("output", REASON, outputs.get(REASON), ElementType.INT64, List.of(-1L));
            if (!outputs.containsKey(SCORE)) {
                problems.add("output 'reason' says what a score comes from and there is none; export 'score' with it");
            }
        }
        if (outputs.containsKey(CONTRIBUTION) && !outputs.containsKey(REASON)) {
            problems.add("output 'contribution' says what has a part in the reason and there is none;"
                    + " export 'reason' with it");
        }
    }

    private static String mismatch(Kind kind, int channels, int length, Expected expected) {
        String remedy;
        if (!kind.label().equals(expected.kind().label())) {
            remedy = "use a model of kind " + expected.kind().label() + ", this one is of kind " + kind.label();
        } else if (length != expected.length() || !kind.equals(expected.kind())) {
            remedy = kind instanceof Kind.Frame
                    ? "retrain with the input.height, input.width and window.frames of the pipeline"
                    : "retrain with window.length=" + expected.length();
        } else {
            remedy = "retrain with " + expected.channels() + " channels";
        }
        return "input 'x' is " + Port.text(shape(kind, channels, length)) + ", pipeline '" + expected.pipeline()
                + "' needs " + Port.text(shape(expected.kind(), expected.channels(), expected.length())) + "; "
                + remedy;
    }

    private void tensor(String side, String name, @Nullable Port port, ElementType type, List<Long> shape) {
        if (port == null) {
            problems.add(side + " '" + name + "' is missing; the graph has " + names(side));
            return;
        }
        String subject = side + " '" + name + "' is ";
        if (!port.type().equals(type.text())) {
            problems.add(subject + port.type() + ", needs " + type.text() + "; export it as " + type.text());
        }
        List<Long> got = port.shape();
        if (got.size() != shape.size()) {
            problems.add(subject + port.shapeText() + ", its metadata says " + Port.text(shape));
        } else if (got.get(0) != -1) {
            problems.add(subject + port.shapeText() + ", needs " + Port.text(shape)
                    + "; export it with a dynamic batch axis");
        } else if (!fits(got, shape, side)) {
            problems.add(subject + port.shapeText() + ", its metadata says " + Port.text(shape));
        }
    }

    /** An output may leave an axis open: the first run tells. */
    private static boolean fits(List<Long> got, List<Long> shape, String side) {
        for (int i = 1; i < shape.size(); i++) {
            if (!got.get(i).equals(shape.get(i)) && !(got.get(i) == -1 && side.equals("output"))) {
                return false;
            }
        }
        return true;
    }

    private String names(String side) {
        return (side.equals("input") ? inputs : outputs)
                .keySet().stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }

    /** What a model takes, for people. */
    static String text(Expected model) {
        return model.kind().label() + " " + Port.text(shape(model.kind(), model.channels(), model.length()));
    }

    private static List<Long> shape(Kind kind, int channels, int length) {
        return Arrays.stream(kind.shape(-1, channels, length)).boxed().toList();
    }
}
