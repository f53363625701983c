package dev.limpid.train;

import java.util.function.Supplier;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** The engine that trains: starting it, and what crosses between its tensors and Java's arrays. */
final class Torch {
    private static @Nullable Kernels kernels;
    private static boolean cuda;

    private Torch() {}

    /**
     * Loads libtorch and OpenBLAS, each with one thread, and finds out where to compute. OpenBLAS has a pool of its own, which torch's
     * setting does not reach; two pools on two cores are pathological, and another number of threads gives other bits.
     *
     * @return by which routines they compute here
     */
    static synchronized Kernels start() {
        Kernels known = kernels;
        if (known == null) {
            boolean gpu = TorchLibraries.load();
            torch.set_num_threads(1);
            openblas_nolapack.blas_set_num_threads(1);
            known = Kernels.choose(System.getenv().getOrDefault("OPENBLAS_CORETYPE", ""));
            if (gpu) {
                known = known.onCuda();
            }
            kernels = known;
        }
        return known;
    }

    /** Whether tensors are made on the GPU from here on. */
    static void onCuda(boolean there) {
        cuda = there;
    }

    /** The version of libtorch, and whether it computes on a GPU. */
    static String version() {
        return "bytedeco pytorch " + torch.class.getPackage().getImplementationVersion() + (cuda ? ", CUDA" : "");
    }

    /** Runs {@code body}, then frees every tensor it made but those it {@link #keep}s. */
    static <T> T scoped(Supplier<T> body) {
        PointerScope scope = new PointerScope();
        try {
            return body.get();
        } finally {
            scope.close();
        }
    }

    /** As {@link #scoped}, and nothing in {@code body} is differentiated. */
    static <T> T inferring(Supplier<T> body) {
        return scoped(() -> {
            NoGradGuard off = new NoGradGuard();
            try {
                return body.get();
            } finally {
                off.close();
            }
        });
    }

    static Tensor tensor(float[] values, int... shape) {
        return placed(Tensor.create(values, longs(shape)));
    }

    /** Whole numbers, {@code int64}. */
    static Tensor whole(long[] values, int... shape) {
        return placed(Tensor.create(values, longs(shape)));
    }

    private static Tensor placed(Tensor tensor) {
        return cuda ? tensor.cuda() : tensor;
    }

    static float[] array(Tensor tensor) {
        return scoped(() -> {
            Tensor contiguous = tensor.detach().cpu().contiguous();
            float[] values = new float[Math.toIntExact(contiguous.numel())];
            new FloatPointer(contiguous.data_ptr()).capacity(values.length).get(values);
            return values;
        });
    }

    /** Takes {@code tensor} out of every open {@link PointerScope}: it lives until it is closed. */
    static Tensor keep(Tensor tensor) {
        tensor.retainReference();
        return tensor;
    }

    static long[] longs(int... values) {
        long[] result = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[i];
        }
        return result;
    }
}
