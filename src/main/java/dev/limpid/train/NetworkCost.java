package dev.limpid.train;

import dev.limpid.model.ChannelSpec;
import dev.limpid.onnx.Expected;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.ModelMetadata;
import dev.limpid.onnx.ModelMetadata.InputStatistics;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.onnx.Provider;
import dev.limpid.signal.Floats;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model will cost, known before it is trained.
 *
 * @param parameters trained values
 * @param multiplyAdds of dense layers and convolutions, per window
 * @param windowsPerSecond of the untrained model in ONNX Runtime, one thread, measured here in full batches
 */
public record NetworkCost(long parameters, long multiplyAdds, double windowsPerSecond) {
    private static final int BATCH = 64;

    /**
     * Of what {@code spec} trains on {@code data}.
     *
     * @throws TrainingRefused if spec or data are not fit for it, or a model of this form would not be admitted
     */
    public static NetworkCost of(TrainingData data, TrainSpec spec) throws TrainingRefused {
        Trainer.refuseUnfit(data, spec);
        return of(Trainer.serving(Trainer.autoencoder(data.cut(spec), spec), spec), spec);
    }

    static NetworkCost of(Autoencoder autoencoder, TrainSpec spec) throws TrainingRefused {
        CostOps ops = new CostOps();
        int[] window = {1, autoencoder.channels().size(), autoencoder.length()};
        autoencoder.clean(ops, window, window);
        return new NetworkCost(ops.parameters(), ops.multiplyAdds(), windowsPerSecond(autoencoder, spec));
    }

    private static double windowsPerSecond(Autoencoder autoencoder, TrainSpec spec) throws TrainingRefused {
        int channels = autoencoder.channels().size();
        Expected pipeline = new Expected(spec.name(), channels, autoencoder.length(), BATCH, spec.kind());
        try {
            ModelFile file = ModelFile.open(untrained(autoencoder, spec), spec.name(), Provider.CPU, pipeline);
            file.denoiser().close();
            return 1e9 / file.nanosPerWindow();
        } catch (ModelRefused e) {
            throw new TrainingRefused("cannot train " + spec.name(), List.of(String.valueOf(e.getMessage())));
        }
    }

    private static byte[] untrained(Autoencoder autoencoder, TrainSpec spec) {
        TrainingBatch inputs = GoldenWindows.inputs(autoencoder, spec.seed());
        try (TorchOps ops = TorchOps.seeded(spec.seed())) {
            float[] clean = Torch.inferring(() -> Torch.array(autoencoder.clean(
                    ops,
                    Torch.tensor(inputs.x, inputs.windows, inputs.channels, inputs.length),
                    Torch.tensor(inputs.observed, inputs.windows, inputs.channels, inputs.length))));
            Map<String, float[]> weights = ops.values();
            List<ChannelSpec> channels = autoencoder.channels().stream()
                    .map(name -> new ChannelSpec(name, spec.unit(), 1))
                    .toList();
            InputStatistics any = new InputStatistics(0, 1, -Float.MAX_VALUE, Float.MAX_VALUE);
            ModelMetadata metadata = new ModelMetadata(
                    ModelMetadata.FORMAT,
                    spec.name(),
                    spec.version(),
                    "signal",
                    autoencoder.length(),
                    channels,
                    Floats.of(),
                    new ModelMetadata.Training(new TreeMap<>(), spec.seed(), List.of(), 1, Trainer.code(), 1),
                    Collections.nCopies(channels.size(), any),
                    Trainer.golden(autoencoder, inputs, clean),
                    new TreeMap<>());
            float[] ones = new float[channels.size()];
            Arrays.fill(ones, 1);
            return OnnxFile.bytes(autoencoder, weights, Floats.owning(ones), Trainer.kind(metadata, spec));
        }
    }

    /** For people. */
    public String phrase() {
        return String.format(
                Locale.ROOT,
                "%,d parameters, %,d multiply-adds per window, about %,.0f windows/s on one core here",
                parameters,
                multiplyAdds,
                windowsPerSecond);
    }
}
