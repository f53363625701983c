package dev.limpid.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The process's one ONNX Runtime environment, never closed.
 *
 * <p>Unless {@code ORT_DISABLE_TELEMETRY=1} is set (the launcher does), ONNX Runtime 1.29 matches the command line against
 * regular expressions when it starts, recursing once per character: a class path of 11,000 characters overflows a stack of
 * 1 MiB, and the JVM dies without a report. So it starts on a thread with a larger stack, and its telemetry is turned off.
 */
final class OnnxRuntime {
    private static final long STACK_BYTES = 64L << 20;

    private static @Nullable OrtEnvironment environment;

    private OnnxRuntime() {}

    /** As in {@code 1.29.0}. */
    static String version() {
        return environment().getVersion();
    }

    static synchronized OrtEnvironment environment() {
        if (environment == null) {
            environment = new Start().await();
        }
        return environment;
    }

    /** Creates the environment on a thread of its own. */
    private static final class Start implements Runnable {
        private @Nullable OrtEnvironment environment;
        private @Nullable Throwable failure;

        @Override
        public void run() {
            try {
                refuseTwo();
                OrtEnvironment created = OrtEnvironment.getEnvironment();
                created.setTelemetry(false);
                environment = created;
            } catch (OrtException | IOException | LinkageError | RuntimeException e) {
                failure = e;
            }
        }

        /** With both artifacts there, their order on the class path would decide silently whether there is CUDA. */
        private static void refuseTwo() throws IOException {
            List<URL> there = Collections.list(
                    OnnxRuntime.class.getClassLoader().getResources("ai/onnxruntime/OrtEnvironment.class"));
            if (there.size() > 1) {
                throw new IllegalStateException("both onnxruntime and onnxruntime_gpu are on the class path: " + there
                        + "; build with mvn clean");
            }
        }

        OrtEnvironment await() {
            Thread thread = new Thread(null, this, "limpid-onnxruntime", STACK_BYTES);
            thread.start();
            boolean interrupted = false;
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (environment == null) {
                throw new IllegalStateException(
                        "ONNX Runtime cannot start: " + (failure == null ? "" : failure.getMessage()), failure);
            }
            return environment;
        }
    }
}
