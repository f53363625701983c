package dev.limpid.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens ONNX Runtime sessions on the provider that was asked for. */
final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final AtomicBoolean WARNED = new AtomicBoolean();

    private Sessions() {}

    /**
     * A session and where it runs.
     *
     * @param provider {@link Provider#CPU} or {@link Provider#CUDA}
     */
    record Opened(OrtSession session, Provider provider) {}

    static Opened open(OrtEnvironment environment, Path model, Provider provider, String subject) throws ModelRefused {
        if (provider != Provider.CPU) {
            try {
                return new Opened(onCuda(environment, model), Provider.CUDA);
            } catch (OrtException e) {
                notOnCuda(provider, subject, String.valueOf(e.getMessage()));
            }
        }
        try (SessionOptions options = options()) {
            return new Opened(environment.createSession(model.toString(), options), Provider.CPU);
        } catch (OrtException e) {
            throw new ModelRefused(
                    AdmissionCheck.LOAD,
                    subject,
                    List.of("ONNX Runtime cannot load it: " + Problems.shortened(e.getMessage())));
        }
    }

    /**
     * Says once that the CPU it will be.
     *
     * @param error what ONNX Runtime said
     * @throws ModelRefused if nothing but CUDA will do
     */
    static void notOnCuda(Provider provider, String subject, String error) throws ModelRefused {
        String why = CudaLibraries.explain(error);
        if (provider == Provider.CUDA) {
            throw new ModelRefused(AdmissionCheck.LOAD, subject, List.of(why));
        }
        if (!WARNED.getAndSet(true)) {
            LOG.warn("provider auto runs on the CPU: {}", why);
        }
    }

    private static OrtSession onCuda(OrtEnvironment environment, Path model) throws OrtException {
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            throw new OrtException("Failed to find CUDA shared provider");
        }
        try (SessionOptions options = options();
                OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(0)) {
            // TF32 keeps 10 bits of mantissa: results would differ from the CPU's by 1e-3
            cuda.add("use_tf32", "0");
            // the default, EXHAUSTIVE, measures all algorithms anew for every batch size
            cuda.add("cudnn_conv_algo_search", "HEURISTIC");
            options.addCUDA(cuda);
            return environment.createSession(model.toString(), options);
        }
    }

    /** One thread per run: with two, rows were no longer byte-equal for every batch size. */
    private static SessionOptions options() throws OrtException {
        SessionOptions options = new SessionOptions();
        options.setIntraOpNumThreads(1);
        options.setInterOpNumThreads(1);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        options.addConfigEntry("session.inter_op.allow_spinning", "0");
        // a failed run is an exception; without this it is a line on stderr as well
        options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
        return options;
    }
}
