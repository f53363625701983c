package dev.limpid.train;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import dev.limpid.model.ChannelSpec;
import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.model.WindowRange;
import dev.limpid.onnx.Admission;
import dev.limpid.onnx.AdmissionLimits;
import dev.limpid.onnx.ModelInspection;
import dev.limpid.onnx.ModelMetadata;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.onnx.Provider;
import dev.limpid.signal.Floats;
import dev.limpid.train.synthetic.Signals;
import dev.limpid.train.synthetic.Spoiling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells a model that was trained before where its windows lie ({@link WindowRange}): runs it on held-out windows, spoilt as in its
 * training, and writes that into its metadata. Its graph, and so what it computes, stays as it is.
 */
public final class Recalibration {
    private static final int BATCHES = 16;
    private static final int BATCH = 64;

    private Recalibration() {}

    /** The model with its new metadata. */
    public record Recalibrated(OnnxBytes bytes, ModelMetadata metadata) {}

    /**
     * Calibrates anew.
     *
     * @param spec what the model was trained by: its held-out share, corruption and seed count
     * @param spoiling present if it was trained on made-up signals, and {@code data} is not looked at
     * @throws TrainingRefused if data and model do not fit
     * @throws ModelRefused if the file is not admitted
     */
    public static Recalibrated of(Path file, TrainingData data, TrainSpec spec, Optional<Spoiling> spoiling)
            throws IOException, ModelRefused, TrainingRefused {
        ModelMetadata metadata = ModelInspection.of(file)
                .metadata()
                .orElseThrow(() -> new TrainingRefused(
                        "cannot calibrate", List.of(file + " is no Limpid model; adopt it: limpid model adopt")));
        List<String> names = metadata.channels().stream().map(ChannelSpec::name).toList();
        if (metadata.windowLength() != spec.length() || !names.equals(spec.channels())) {
            throw new TrainingRefused(
                    "cannot calibrate",
                    List.of(file + " is for windows of " + metadata.windowLength() + " of " + names
                            + ", the definition has " + spec.length() + " of " + spec.channels()));
        }
        Batches windows;
        if (spoiling.isPresent()) {
            windows = new SyntheticWindows(Signals.all(), spoiling.get(), spec.length(), spec.seed() + 3);
        } else {
            Trainer.refuseUnfit(data, spec);
            windows = new BatchSource(data.tail(spec.split()), spec, Augmentation.NONE, spec.seed() + 3);
        }
        ModelMetadata calibrated;
        try (Denoiser denoiser = admitted(file)) {
            calibrated = metadata.with(range(denoiser, windows));
        } catch (DenoiserException e) {
            throw new TrainingRefused("cannot calibrate", List.of("it fails on the data: " + e.getMessage()));
        }
        return new Recalibrated(new OnnxBytes(rewritten(Files.readAllBytes(file), calibrated)), calibrated);
    }

    private static Denoiser admitted(Path file) throws IOException, ModelRefused {
        return new Admission(AdmissionLimits.standard())
                .admit(file, Provider.CPU, metadata -> metadata.expected(BATCH), (check, how) -> {})
                .denoiser();
    }

    private static WindowRange range(Denoiser denoiser, Batches windows) throws DenoiserException, TrainingRefused {
        int channels = denoiser.spec().channels().size();
        int length = denoiser.spec().length();
        Floats scale = scale(denoiser.spec().channels());
        RangeCalibration range = new RangeCalibration(channels, length);
        TrainingBatch drawn = new TrainingBatch(BATCH, channels, length);
        WindowBatch batch = new WindowBatch(BATCH, channels, length);
        Reconstruction out = new Reconstruction(BATCH, channels, length);
        float[] x = new float[channels * length];
        float[] observed = new float[x.length];
        float[] clean = new float[x.length];
        float[] error = new float[x.length];
        for (int i = 0; i < BATCHES; i++) {
            windows.fill(drawn);
            batch.clear();
            for (int window = 0; window < BATCH; window++) {
                batch.add();
            }
            batch.x().put(0, drawn.x);
            batch.observed().put(0, drawn.observed);
            denoiser.denoise(batch, 0, BATCH, out);
            for (int window = 0; window < BATCH; window++) {
                int from = window * x.length;
                System.arraycopy(drawn.x, from, x, 0, x.length);
                System.arraycopy(drawn.observed, from, observed, 0, x.length);
                out.clean().get(from, clean);
                out.error().get(from, error);
                range.add(x, observed, clean, denoiser.spec().error() ? error : null, scale);
            }
        }
        WindowRange found = range.range();
        if (!found.known()) {
            throw new TrainingRefused(
                    "cannot calibrate", List.of("less than half of nearly every window was observed"));
        }
        return found;
    }

    private static Floats scale(List<ChannelSpec> channels) {
        float[] scale = new float[channels.size()];
        for (int channel = 0; channel < scale.length; channel++) {
            scale[channel] = channels.get(channel).residualScale();
        }
        return Floats.owning(scale);
    }

    private static byte[] rewritten(byte[] file, ModelMetadata metadata) throws IOException {
        ModelProto.Builder model = ModelProto.parseFrom(file).toBuilder();
        List<StringStringEntryProto> others = new ArrayList<>(model.getMetadataPropsList());
        others.removeIf(entry -> entry.getKey().equals(ModelMetadata.KEY));
        return model.clearMetadataProps()
                .addAllMetadataProps(others)
                .addMetadataProps(OnnxFile.property(metadata))
                .build()
                .toByteArray();
    }
}
