package dev.limpid.onnx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says in words why CUDA cannot be used, naming the library that is missing. */
public final class CudaLibraries {
    /** What ONNX Runtime's CUDA provider loads, the driver's library first; the last one when a convolution runs. */
    private static final List<String> NEEDED = List.of(
            "libcuda.so.1",
            "libcudart.so.12",
            "libcublas.so.12",
            "libcublasLt.so.12",
            "libcurand.so.10",
            "libcudnn.so.9");

    private static final List<String> PLACES = List.of(
            "/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib", "/usr/local/cuda/lib64", "/usr/local/nvidia/lib64");

    /** Stands before the dynamic loader's own words, which name the first library it missed. */
    private static final String LOADER = " with error: ";
    /** Stands before what CUDA itself says, which ends with a semicolon. */
    private static final String FAILURE = "CUDA failure ";
    /** How a convolution fails without cuDNN, which is loaded as late as that. */
    private static final String NO_CUDNN = "cuDNN is unavailable";

    private CudaLibraries() {}

    /** @param error what ONNX Runtime said; its text depends on which artifact is on the class path */
    static String explain(String error) {
        if (error.contains("Failed to find CUDA shared provider") || error.contains("not compiled with CUDA support")) {
            return "provider cuda cannot be used: libonnxruntime_providers_cuda.so is missing, this is the build for"
                    + " the CPU; build with mvn -Pcuda, or set provider: cpu";
        }
        List<String> missing = missing(NEEDED);
        return "provider cuda cannot be used: " + reason(error)
                + (missing.isEmpty() ? "" : "; not found: " + String.join(", ", missing))
                + "; install the NVIDIA driver, CUDA 12 and cuDNN 9 or add their folders to LD_LIBRARY_PATH, or set"
                + " provider: cpu";
    }

    /** Whether a run said that it needs cuDNN and has none. */
    static boolean lackCudnn(List<String> problems) {
        return problems.stream().anyMatch(problem -> problem.contains(NO_CUDNN));
    }

    private static String reason(String error) {
        if (error.contains(NO_CUDNN)) {
            return "its convolutions need cuDNN, and libcudnn.so.9 cannot be loaded";
        }
        int loader = error.lastIndexOf(LOADER);
        int failure = error.lastIndexOf(FAILURE);
        if (loader >= 0) {
            return error.substring(loader + LOADER.length()).strip();
        }
        if (failure >= 0) {
            int end = error.indexOf(';', failure);
            return error.substring(failure, end < 0 ? error.length() : end).strip();
        }
        return error.strip();
    }

    /** Those of {@code libraries}, names of files, that are in none of the places where the dynamic loader looks. */
    public static List<String> missing(List<String> libraries) {
        return missing(libraries, places(System.getenv("LD_LIBRARY_PATH")));
    }

    static List<String> missing(List<String> libraries, List<Path> places) {
        return libraries.stream()
                .filter(library -> places.stream().noneMatch(place -> Files.exists(place.resolve(library))))
                .toList();
    }

    private static List<Path> places(@Nullable String searchPath) {
        List<Path> places = new ArrayList<>();
        Stream.concat(Stream.of((searchPath == null ? "" : searchPath).split(":", -1)), PLACES.stream())
                .filter(place -> !place.isBlank())
                .map(Path::of)
                .forEach(places::add);
        return places;
    }
}
