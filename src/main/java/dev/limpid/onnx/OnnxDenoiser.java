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
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * A {@link Denoiser} by one ONNX Runtime session, shared by all threads.
 *
 * <p>Tensors are views on the batch's and the reconstruction's own buffers: nothing is copied, the session writes its answer
 * where the caller reads it. Every tensor and result is closed with the run that made it, for the garbage collector frees
 * none of them. The session is owned and closed by this object; the environment is the process's and stays.
 */
public final class OnnxDenoiser implements Denoiser {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ModelSpec spec;

    OnnxDenoiser(OrtEnvironment environment, OrtSession session, ModelSpec spec) {
        this.environment = environment;
        this.session = session;
        this.spec = spec;
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
        long[] shape = {to - from, batch.channels(), batch.length()};
        int first = from * batch.windowSize();
        int count = (to - from) * batch.windowSize();
        Map<String, OnnxTensor> inputs = new HashMap<>(4);
        Map<String, OnnxTensor> outputs = new HashMap<>(4);
        try {
            inputs.put(Graph.X, view(batch.x(), first, count, shape));
            if (spec.observed()) {
                inputs.put(Graph.OBSERVED, view(batch.observed(), first, count, shape));
            }
            outputs.put(Graph.CLEAN, view(out.clean(), first, count, shape));
            if (spec.error()) {
                outputs.put(Graph.ERROR, view(out.error(), first, count, shape));
            }
            session.run(inputs, outputs).close();
        } catch (OrtException e) {
            throw new DenoiserException("ONNX Runtime: " + e.getMessage(), e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
            outputs.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor view(FloatBuffer buffer, int first, int count, long[] shape) throws OrtException {
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
