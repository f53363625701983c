package dev.limpid.onnx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says in words why CUDA cannot be used, naming the library that is missing. */
final class CudaLibraries {
    /** What ONNX Runtime's CUDA provider loads, the driver's library first. */
    private static final List<String> NEEDED = List.of(
            "libcuda.so.1",
            "libcudart.so.12",
            "libcublas.so.12",
            "libcublasLt.so.12",
            "libcurand.so.10",
            "libcufft.so.11",
            "libcudnn.so.9");

    private static final List<String> PLACES = List.of(
            "/usr/lib/x86_64-linux-gnu", "/usr/lib64", "/usr/lib", "/usr/local/cuda/lib64", "/usr/local/nvidia/lib64");

    /** Stands before the dynamic loader's own words, which name the first library it missed. */
    private static final String LOADER = " with error: ";

    private CudaLibraries() {}

    /** @param error what ONNX Runtime said; its text depends on which artifact is on the class path */
    static String explain(String error) {
        if (error.contains("Failed to find CUDA shared provider") || error.contains("not compiled with CUDA support")) {
            return "provider cuda cannot be used: libonnxruntime_providers_cuda.so is missing, this is the build for"
                    + " the CPU; build with mvn -Pcuda, or set provider: cpu";
        }
        List<String> missing = missing(places(System.getenv("LD_LIBRARY_PATH")));
        String reason =
                error.substring(error.lastIndexOf(LOADER) < 0 ? 0 : error.lastIndexOf(LOADER) + LOADER.length());
        return "provider cuda cannot be used: " + reason.strip()
                + (missing.isEmpty() ? "" : "; not found: " + String.join(", ", missing))
                + "; install the NVIDIA driver, CUDA 12 and cuDNN 9 or add their folders to LD_LIBRARY_PATH, or set"
                + " provider: cpu";
    }

    static List<String> missing(List<Path> places) {
        return NEEDED.stream()
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
