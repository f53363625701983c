package dev.limpid.train;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.limpid.onnx.ModelMetadata;
import dev.limpid.signal.Kind;
import dev.limpid.train.tokens.Thresholds;
import java.util.Map;

/**
 * A whole model of tokens: from ids to ids, with all that is said of them.
 *
 * @param model what judges each token
 * @param checks what judges a window as a whole
 */
record TokenGraph(MaskedModel model, WindowChecks checks) {
    /** The most that a negative log-likelihood counts for; that of a token that no vocabulary has. */
    static final float MOST = 16f;

    private static final int IR_VERSION = 9;

    /** Share of the tokens that may be wrong, any other as likely: what the token that came weighs beside its context. */
    private static final float WRONG = 0.05f;

    /**
     * What comes out.
     *
     * @param clean the likeliest ids {@code [B, T]}, given the context and what came; padding beyond the end
     * @param error negative log-likelihood of what came, {@code [B, T]}; 0 beyond the end and where a token is known to be missing
     * @param confidence probability of {@code clean}, given the same, {@code [B, T]}, 0 beyond the end
     * @param missingBefore and {@code missingCount} see {@link MaskedModel.Served}
     * @param judged see {@link WindowChecks#judged}
     */
    record Outputs<V>(V clean, V error, V confidence, V missingBefore, V missingCount, WindowChecks.Judged<V> judged) {}

    <V> Outputs<V> outputs(TokenOps<V> ops, V x) {
        int length = model.length();
        MaskedModel.Served<V> served = model.served(ops, x);
        V probability = ops.softmaxLast(served.logits());
        V greatest = ops.reshape(ops.maxLast(probability), length);
        V came = atLeast(ops, x, Kind.Tokens.FIRST);
        // Bayes: a known token came because it is right, or in place of another one
        V here = ops.pickLast(probability, x);
        V more = ops.mul(ops.mul(here, came), ops.constant("rightly", new float[] {odds()}, 1));
        V better = ops.sub(ops.add(here, more), greatest);
        V clean = ops.choose(ops.mul(better, came), x, ops.argMaxLast(served.logits()));
        V sum = ops.add(ops.constant("one", new float[] {1}, 1), more);
        V confidence = ops.div(ops.add(greatest, ops.relu(ops.mul(better, came))), sum);
        V likely = ops.pickLast(ops.logSoftmaxLast(served.logits()), x);
        V surprise = ops.clip(ops.sub(ops.constant("none", new float[] {0}, 1), likely), 0, MOST);
        V error = ops.mul(surprise, atLeast(ops, x, Kind.Tokens.UNKNOWN));
        return new Outputs<>(
                clean,
                error,
                ops.mul(confidence, served.real()),
                served.missingBefore(),
                served.missingCount(),
                checks.judged(ops, x, clean, error, length));
    }

    /** How much likelier a token comes where it is right than where it is not, less 1. */
    private float odds() {
        return (1 - WRONG) * (model.ids() - Kind.Tokens.FIRST) / WRONG;
    }

    /** 1 where an id is {@code least} or more, else 0. */
    private static <V> V atLeast(TokenOps<V> ops, V ids, int least) {
        return ops.clip(ops.sub(ops.real(ids), ops.constant("below" + least, new float[] {least - 1}, 1)), 0, 1);
    }

    /** The ONNX file. */
    byte[] bytes(Map<String, float[]> weights, Thresholds thresholds, ModelMetadata metadata) {
        OnnxTokenOps ops = new OnnxTokenOps(weights);
        Outputs<String> outputs = outputs(ops, "x");
        ops.output(outputs.clean(), "clean");
        ops.output(outputs.error(), "error");
        ops.output(outputs.confidence(), "confidence");
        ops.output(outputs.missingBefore(), "missing_before");
        ops.output(outputs.missingCount(), "missing_count");
        int length = model.length();
        WindowChecks.Judged<String> judged = outputs.judged();
        String multiples = checks.multiples(ops, judged.values(), thresholds);
        ops.output(ops.reshape(ops.maxLast(multiples)), "score");
        ops.output(ops.argMaxLast(multiples), "reason");
        ops.output(WindowChecks.contribution(ops, multiples, judged.parts(), length), "contribution");
        ops.graph()
                .setName(metadata.name())
                .addInput(info("x", DataType.INT64, length))
                .addOutput(info("clean", DataType.INT64, length))
                .addOutput(info("error", DataType.FLOAT, length))
                .addOutput(info("confidence", DataType.FLOAT, length))
                .addOutput(info("missing_before", DataType.FLOAT, length))
                .addOutput(info("missing_count", DataType.INT64, length))
                .addOutput(info("score", DataType.FLOAT))
                .addOutput(info("reason", DataType.INT64))
                .addOutput(info("contribution", DataType.FLOAT, length));
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("limpid")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OnnxOps.OPSET))
                .setGraph(ops.graph())
                .addMetadataProps(StringStringEntryProto.newBuilder()
                        .setKey(ModelMetadata.KEY)
                        .setValue(metadata.toJson()))
                .build()
                .toByteArray();
    }

    /** {@code [batch, sizes…]}. */
    static ValueInfoProto info(String name, DataType type, int... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"));
        for (int size : sizes) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }
}
