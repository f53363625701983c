package dev.limpid.train;

import dev.limpid.onnx.CudaLibraries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/** The native libraries of the engine that trains: those for the CPU or, built with the profile {@code cuda-train}, those for CUDA as well. */
final class TorchLibraries {
    private static final String FOLDER = "/org/bytedeco/pytorch/" + Loader.getPlatform();
    private static final String GPU = "-gpu";

    /** What other libraries of libtorch are linked against; the last two are in the build for CUDA only. */
    private static final List<String> NEEDED_BY_OTHERS = List.of("c10", "torch_cpu", "c10_cuda", "torch_cuda");

    /** What libtorch's libraries for CUDA are linked against. */
    private static final List<String> NEEDED = List.of(
            "libcudart.so.13",
            "libcupti.so.13",
            "libcublas.so.13",
            "libcublasLt.so.13",
            "libcudnn.so.9",
            "libcufft.so.12",
            "libcufile.so.0",
            "libcurand.so.10",
            "libcusolver.so.12",
            "libcusparse.so.12",
            "libnccl.so.2");

    private TorchLibraries() {}

    /**
     * Loads libtorch and OpenBLAS.
     *
     * @return whether there is a GPU that libtorch can use
     * @throws IllegalStateException if this is the build for CUDA and libraries of CUDA are missing; it names them
     */
    static boolean load() {
        boolean gpu = torch.class.getResource(FOLDER + GPU + "/" + System.mapLibraryName("torch_cuda")) != null;
        if (gpu) {
            refuseMissing(CudaLibraries.missing(NEEDED));
        }
        unpack(gpu ? FOLDER + GPU : FOLDER);
        Loader.load(torch.class);
        Loader.load(openblas_nolapack.class);
        return gpu && torch.cuda_is_available();
    }

    static void refuseMissing(List<String> missing) {
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "this build trains on CUDA and needs CUDA 13 and cuDNN 9, of which are not found: "
                            + String.join(", ", missing)
                            + "; add their folders to LD_LIBRARY_PATH, or, after mvn clean, build without -Pcuda-train");
        }
    }

    /**
     * Puts what others need where {@link Loader} will look for it. It unpacks one after the other, {@code libtorch.so} before the {@code
     * libtorch_cpu.so} that it needs, and the linker would take that of the system, if it has one, of another version: a crash.
     */
    private static void unpack(String folder) {
        for (String library : NEEDED_BY_OTHERS) {
            try {
                Loader.cacheResource(torch.class, folder + "/" + System.mapLibraryName(library));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot unpack " + library, e);
            }
        }
    }
}
