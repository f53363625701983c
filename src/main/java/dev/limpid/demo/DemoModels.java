package dev.limpid.demo;

import dev.limpid.codec.SigningKey;
import dev.limpid.codec.TrustedKeys;
import dev.limpid.definition.Definition;
import dev.limpid.definition.Definition.ModelTopic;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.definition.GeneralModel;
import dev.limpid.kafka.FeedSettings;
import dev.limpid.kafka.Follower;
import dev.limpid.kafka.LatencyBound;
import dev.limpid.kafka.ModelFeed;
import dev.limpid.kafka.ModelTrials;
import dev.limpid.kafka.WantedModel;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.ModelRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The models of a run: the better one is the bundled one of {@code topology/demo.yaml}; a run with a swap begins on
 * {@value #PLAIN} instead, and follows the models topic like any instance, trusting one key, which the run makes for itself.
 */
final class DemoModels implements AutoCloseable {
    /** A smaller network, trained on the same data for a shorter time. */
    static final String PLAIN = "models/demo-plain.onnx";

    static final String INSTANCE = "demo";

    private final ModelTrials trials;
    private final Follower follower;
    private final ModelFeed feed;

    private DemoModels(ModelTrials trials, Follower follower, ModelFeed feed) {
        this.trials = trials;
        this.follower = follower;
        this.feed = feed;
    }

    /** The definition, with {@code variables} over the environment. */
    static Definition definition(Path home, Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(System.getenv());
        all.putAll(variables);
        return DefinitionLoader.load(definitionFile(home), all);
    }

    private static Path definitionFile(Path home) {
        return home.resolve("topology").resolve("demo.yaml");
    }

    /** The file that the definition names as bundled. */
    static Path file(Path home, Definition definition) {
        return DefinitionLoader.modelFile(definitionFile(home), definition);
    }

    /** What makes a definition begin on the general model, which knows nothing of its sensors. */
    static Map<String, String> general() {
        return Map.of("LIMPID_MODEL_BUNDLED", GeneralModel.BUNDLED);
    }

    /** What makes a definition begin on the plain model. */
    static Map<String, String> plain() {
        return Map.of("LIMPID_MODEL_BUNDLED", PLAIN);
    }

    /**
     * Makes a key pair as {@code limpid model keygen} does, {@code key} and {@code key.pub}.
     *
     * @return what makes a definition trust it, and it alone
     */
    static Map<String, String> trust(Path privateKey) {
        try {
            SigningKey key = SigningKey.generate();
            key.write(privateKey);
            Path publicKey = Path.of(privateKey + ".pub");
            Files.writeString(publicKey, TrustedKeys.text(key.publicKey()) + "\n");
            return Map.of(
                    "LIMPID_MODELS_TRUSTED_KEYS", "['" + publicKey.toString().replace("'", "''") + "']");
        } catch (IOException e) {
            throw new UncheckedIOException("the key cannot be kept: " + e.getMessage(), e);
        }
    }

    /** Opens the bundled model of a definition. */
    static ModelFile open(Path home, Definition definition) {
        try {
            return ModelFile.open(file(home, definition), WantedModel.provider(definition), WantedModel.of(definition));
        } catch (ModelRefused e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** The bundled model of {@code definition}, in force and on trial; the slot is to be closed after the pipeline has stopped. */
    static ModelTrials begin(Path home, Definition definition) {
        return new ModelTrials(
                definition.pipeline(),
                definition.model().takeOver().rollback(),
                open(home, definition).denoiser());
    }

    /** Follows the models topic of {@code definition}, which must be there; newer models are kept until {@link #serve}. */
    static DemoModels follow(Definition definition, ModelTrials trials) {
        List<String> problems = new ArrayList<>();
        TrustedKeys trusted = TrustedKeys.of(
                definition.model().topic().map(ModelTopic::trustedKeys).orElse(List.of()), problems);
        if (!problems.isEmpty()) {
            throw new IllegalStateException("models.trusted-keys: " + problems);
        }
        Follower follower = new Follower(
                        definition.pipeline(),
                        definition.model().name(),
                        WantedModel.of(definition),
                        WantedModel.provider(definition),
                        trusted)
                .within(LatencyBound.of(definition));
        return new DemoModels(
                trials, follower, ModelFeed.start(FeedSettings.of(definition, INSTANCE), List.of(follower)));
    }

    /** From now on newer models take over that are fast enough. */
    void serve(LatencyBound latency) {
        follower.within(latency);
        follower.serve(trials, ModelFile::denoiser);
    }

    /** Follows no longer; to be called before the broker is closed. */
    @Override
    public void close() {
        feed.close();
    }
}
