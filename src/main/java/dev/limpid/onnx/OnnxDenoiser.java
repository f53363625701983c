package dev.limpid.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.signal.Kind;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * A {@link Denoiser} by one ONNX Runtime session, shared by all threads.
 *
 * <p>Tensors are views on the batch's and the reconstruction's own buffers: nothing is copied, the session writes its answer
 * where the caller reads it. Only tokens are: from floats to the integers that their models take, and back. Every tensor and result
 * is closed with the run that made it, for the garbage collector frees none of them. The session is owned and closed by this
 * object; the environment is the process's and stays.
 */
public final class OnnxDenoiser implements Denoiser {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ModelSpec spec;
    private final boolean tokens;

    OnnxDenoiser(OrtEnvironment environment, OrtSession session, ModelSpec spec) {
        this.environment = environment;
        this.session = session;
        this.spec = spec;
        this.tokens = spec.kind() instanceof Kind.Tokens;
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public void denoise(WindowBatch batch, int from, int to, Reconstruction out) throws DenoiserException {
        if (from == to) {
            return;
        }
        int windows = to - from;
        long[] shape = spec.kind().shape(windows, batch.channels(), batch.length());
        int first = from * batch.windowSize();
        int count = windows * batch.windowSize();
        Map<String, OnnxTensor> inputs = new HashMap<>(4);
        Map<String, OnnxTensor> outputs = new HashMap<>(8);
        try {
            if (tokens) {
                integers(batch.x(), batch.ids(), first, count);
                inputs.put(Graph.X, view(batch.ids(), first, count, shape));
                outputs.put(Graph.CLEAN, view(out.ids(), first, count, shape));
            } else {
                inputs.put(Graph.X, view(batch.x(), first, count, shape));
                outputs.put(Graph.CLEAN, view(out.clean(), first, count, shape));
            }
            if (spec.observed()) {
                inputs.put(Graph.OBSERVED, view(batch.observed(), first, count, shape));
            }
            if (spec.error()) {
                outputs.put(Graph.ERROR, view(out.error(), first, count, shape));
            }
            others(out, from, windows, shape, outputs);
            session.run(inputs, outputs).close();
        } catch (OrtException e) {
            throw new DenoiserException("ONNX Runtime: " + e.getMessage(), e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
            outputs.values().forEach(OnnxTensor::close);
        }
        if (tokens) {
            floats(out.ids(), out.clean(), first, count);
        }
    }

    /** The outputs that few models have. */
    private void others(Reconstruction out, int from, int windows, long[] shape, Map<String, OnnxTensor> outputs)
            throws OrtException {
        int size = spec.channels().size() * spec.length();
        if (spec.outputs().confidence()) {
            outputs.put(Graph.CONFIDENCE, view(out.confidence(), from * size, windows * size, shape));
        }
        if (spec.outputs().missingBefore()) {
            outputs.put(Graph.MISSING_BEFORE, view(out.missingBefore(), from * size, windows * size, shape));
        }
        if (spec.outputs().missingCount()) {
            outputs.put(Graph.MISSING_COUNT, view(out.missingCount(), from * size, windows * size, shape));
        }
        if (spec.outputs().score()) {
            outputs.put(Graph.SCORE, view(out.score(), from, windows, new long[] {windows}));
        }
        if (spec.outputs().reason()) {
            outputs.put(Graph.REASON, view(out.reason(), from, windows, new long[] {windows}));
        }
        if (spec.outputs().contribution()) {
            outputs.put(Graph.CONTRIBUTION, view(out.contribution(), from * size, windows * size, shape));
        }
        int width = spec.outputs().embedding();
        if (width > 0) {
            outputs.put(
                    Graph.EMBEDDING,
                    view(out.embedding(width), from * width, windows * width, new long[] {windows, width}));
        }
    }

    private static void integers(FloatBuffer from, LongBuffer to, int first, int count) {
        for (int i = first; i < first + count; i++) {
            to.put(i, (long) from.get(i));
        }
    }

    private static void floats(LongBuffer from, FloatBuffer to, int first, int count) {
        for (int i = first; i < first + count; i++) {
            to.put(i, (float) from.get(i));
        }
    }

    private OnnxTensor view(FloatBuffer buffer, int first, int count, long[] shape) throws OrtException {
        return OnnxTensor.createTensor(environment, buffer.slice(first, count), shape);
    }

    private OnnxTensor view(LongBuffer buffer, int first, int count, long[] shape) throws OrtException {
        return OnnxTensor.createTensor(environment, buffer.slice(first, count), shape);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("model " + spec.id() + " cannot be closed", e);
        }
    }
}
