package dev.limpid.train;

import dev.limpid.model.ChannelSpec;
import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.onnx.Admission;
import dev.limpid.onnx.AdmissionLimits;
import dev.limpid.onnx.ModelInspection;
import dev.limpid.onnx.ModelMetadata;
import dev.limpid.onnx.ModelMetadata.GoldenWindow;
import dev.limpid.onnx.ModelMetadata.InputStatistics;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.onnx.Provider;
import dev.limpid.signal.Floats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Makes a Limpid model of an ONNX file that was exported elsewhere: names and layout of its input and output, normalisation,
 * calibration and golden windows from sample data. It is loaded only where admission loads it, first in a process of its own, and
 * what comes out has passed admission.
 */
public final class Adoption {
    private static final int MAX_WINDOWS = 64;
    private static final int GOLDEN = 3;
    /** Of the greatest value: far above what kinds of CPU differ by. */
    private static final float TOLERANCE = 1e-3f;

    private final Path file;
    private final ModelInspection inspection;
    private final AdoptionSpec spec;
    private final CsvRecording sample;
    private final AdoptionData data;

    private Adoption(Path file, AdoptionSpec spec, CsvRecording sample, boolean normalise)
            throws ModelRefused, TrainingRefused {
        this.file = file;
        this.inspection = ModelInspection.of(file);
        this.sample = sample;
        this.data = new AdoptionData(sample.of(spec.channels()), spec.channels().size(), spec.length());
        this.spec = normalise ? normalised(spec, data) : spec;
    }

    /** An adopted model; {@code metadata} says how it was calibrated. */
    public record Adopted(OnnxBytes bytes, ModelMetadata metadata) {}

    /**
     * Adopts.
     *
     * @param normalise whether mean and deviation of each channel come from the sample data instead of the spec
     * @throws TrainingRefused if the graph cannot be put between {@code x} and {@code clean}, or the data do not fit
     * @throws ModelRefused if the file, or what became of it, is not admitted
     */
    public static Adopted adopt(Path file, AdoptionSpec spec, CsvRecording sample, boolean normalise)
            throws IOException, ModelRefused, TrainingRefused {
        return new Adoption(file, spec, sample, normalise).adopt();
    }

    private static AdoptionSpec normalised(AdoptionSpec spec, AdoptionData data) {
        float[] means = new float[spec.channels().size()];
        float[] deviations = new float[means.length];
        for (int channel = 0; channel < means.length; channel++) {
            means[channel] = data.statistics(channel).mean();
            deviations[channel] =
                    Math.max(Float.MIN_NORMAL, data.statistics(channel).standardDeviation());
        }
        return spec.normalisedBy(Floats.owning(means), Floats.owning(deviations));
    }

    private Adopted adopt() throws IOException, ModelRefused, TrainingRefused {
        ForeignGraph graph = new ForeignGraph(Files.readAllBytes(file), inspection.outline(), spec);
        float[] first = data.windows().get(0);
        GoldenWindow any = new GoldenWindow(
                Floats.of(first), Floats.of(), Floats.owning(new float[first.length]), Float.MAX_VALUE);
        Floats ones = Floats.owning(ones(spec.channels().size()));
        try {
            List<float[]> cleans;
            try (Denoiser denoiser = admitted(graph.bytes(metadata(ones, Floats.of(), List.of(any))))) {
                cleans = data.clean(denoiser);
            }
            Floats scale = data.residualScale(cleans);
            ModelMetadata metadata = metadata(scale, data.scoreQuantiles(cleans, scale), golden(cleans))
                    .with(data.range(cleans, scale));
            byte[] bytes = graph.bytes(metadata);
            admitted(bytes).close();
            return new Adopted(new OnnxBytes(bytes), metadata);
        } catch (DenoiserException e) {
            throw new TrainingRefused(
                    "cannot adopt " + spec.name(), List.of("it fails on the sample data: " + e.getMessage()));
        }
    }

    private static float[] ones(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static Denoiser admitted(byte[] bytes) throws IOException, ModelRefused {
        Path part = Files.createTempFile("limpid-adopted-", ".onnx");
        try {
            Files.write(part, bytes);
            return new Admission(AdmissionLimits.standard())
                    .admit(part, Provider.CPU, metadata -> metadata.expected(MAX_WINDOWS), (check, how) -> {})
                    .denoiser();
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private ModelMetadata metadata(Floats scale, Floats quantiles, List<GoldenWindow> golden) {
        List<ChannelSpec> channels = new ArrayList<>();
        List<InputStatistics> inputs = new ArrayList<>();
        for (int channel = 0; channel < spec.channels().size(); channel++) {
            channels.add(new ChannelSpec(spec.channels().get(channel), spec.unit(), scale.at(channel)));
            inputs.add(data.statistics(channel));
        }
        String code =
                "adopted from " + file.getFileName() + " " + inspection.sha256().substring(0, 12)
                        + ", calibrated on " + sample.recording().name() + " "
                        + sample.recording().sha256().substring(0, 12);
        return new ModelMetadata(
                ModelMetadata.FORMAT,
                spec.name(),
                spec.version(),
                "signal",
                spec.length(),
                channels,
                quantiles,
                new ModelMetadata.Training(new TreeMap<>(), 0, List.of(), 0, code, 1),
                inputs,
                golden,
                new TreeMap<>());
    }

    /** The first, the last, and one in the middle. */
    private List<GoldenWindow> golden(List<float[]> cleans) {
        List<GoldenWindow> golden = new ArrayList<>();
        int count = Math.min(GOLDEN, cleans.size());
        for (int i = 0; i < count; i++) {
            int window = count == 1 ? 0 : i * (cleans.size() - 1) / (count - 1);
            float greatest = Float.MIN_NORMAL;
            for (float value : cleans.get(window)) {
                greatest = Math.max(greatest, Math.abs(value));
            }
            golden.add(new GoldenWindow(
                    Floats.of(data.windows().get(window)),
                    Floats.of(),
                    Floats.of(cleans.get(window)),
                    TOLERANCE * greatest));
        }
        return golden;
    }
}
