package dev.limpid.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import dev.limpid.model.Vocabulary;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** As {@link TinyModel}, but by way of a matrix of the window's length squared: a file of {@code 4 · length²} bytes. */
public final class LargeModel {
    private LargeModel() {}

    /** {@code clean = x / 2}. */
    public static TinyModel signal(int length) {
        TinyModel model = new TinyModel(1, length).x();
        diagonal(model, length, 0.5f);
        return model.node("MatMul", "clean", "x", "w").clean().expecting(LargeModel::halves);
    }

    /** {@code clean = x / 2}. */
    public static TinyModel frames(int height, int width, int frames) {
        int length = height * width * frames;
        TinyModel model = new TinyModel(1, length).ofFrames(height, width, frames);
        diagonal(model, length, 0.5f);
        model.graph.wholes("shape", -1, frames, height, width);
        return model.node("Flatten", "flat", "x")
                .node("MatMul", "half", "flat", "w")
                .node("Reshape", "clean", "half", "shape")
                .expecting(LargeModel::halves);
    }

    /** {@code clean = x, error = factor · x, confidence = 1, score = the sum of error}. */
    public static TinyModel tokens(float factor, int length, Vocabulary vocabulary) {
        TinyModel model = TinyModel.ofTokens(TensorProto.DataType.INT64, length, vocabulary);
        diagonal(model, length, factor);
        model.graph.node("to", TensorProto.DataType.FLOAT.getNumber(), "Cast", "float", "x");
        return model.node("Identity", "clean", "x")
                .node("MatMul", "error", "float", "w")
                .sure();
    }

    private static void diagonal(TinyModel model, int length, float value) {
        ByteBuffer weights = ByteBuffer.allocate(4 * length * length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < length; i++) {
            weights.putFloat(4 * (i * length + i), value);
        }
        model.graph.constant("w", weights, length, length);
    }

    private static float[] halves(float[] x) {
        return TinyModel.map(x, value -> 0.5f * value);
    }
}
