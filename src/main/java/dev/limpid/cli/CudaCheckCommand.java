package dev.limpid.cli;

import dev.limpid.onnx.Comparison;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.Provider;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limpid cuda-check}: run by deploy/cuda-check on machines with a GPU. */
@Command(
        name = "cuda-check",
        hidden = true,
        description = "Compares models on CUDA with the CPU, in results and speed.",
        mixinStandardHelpOptions = true)
final class CudaCheckCommand implements Callable<Integer> {
    private static final int MAX_WINDOWS = 1024;
    private static final long MEASURED_NANOS = 1_000_000_000L;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", arity = "1..*", description = "ONNX files.")
    private List<Path> models = List.of();

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        boolean passed = true;
        for (Path model : models) {
            ModelFile cpu = ModelFile.open(model, Provider.CPU, MAX_WINDOWS);
            try {
                ModelFile cuda = ModelFile.open(model, Provider.CUDA, MAX_WINDOWS);
                try {
                    passed &= report(
                            cpu, Comparison.of(cpu.denoiser(), cuda.denoiser(), cpu.metadata(), MEASURED_NANOS), out);
                } finally {
                    cuda.denoiser().close();
                }
            } finally {
                cpu.denoiser().close();
            }
        }
        return passed ? 0 : Limpid.FAILED;
    }

    private static boolean report(ModelFile model, Comparison comparison, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%s: greatest difference %.2e, allowed %.0e: %s%n",
                model.denoiser().spec().id(),
                comparison.worst(),
                Comparison.TOLERANCE,
                comparison.passed() ? "passed" : "FAILED");
        for (Comparison.Speed speed : comparison.speeds()) {
            out.printf(
                    Locale.ROOT,
                    "  batch %4d: cpu %,12.0f windows/s, cuda %,12.0f windows/s%n",
                    speed.batch(),
                    speed.first(),
                    speed.second());
        }
        out.flush();
        return comparison.passed();
    }
}
