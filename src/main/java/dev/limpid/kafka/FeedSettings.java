package dev.limpid.kafka;

import dev.limpid.definition.Definition;
import dev.limpid.onnx.Admission;
import dev.limpid.onnx.Expected;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.onnx.Provider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;

/**
 * How a {@link ModelFeed} works.
 *
 * @param instance name of this process among those that run the same pipelines, the same after a restart
 * @param cache folder where files and the last pointer are kept over restarts; made if missing
 * @param references where files are found that are announced by URIs of other schemes than file and http(s), by scheme
 * @param admitting checks a file and opens it
 */
public record FeedSettings(
        ModelClients clients,
        ModelTopics topics,
        String instance,
        Path cache,
        Map<String, ReferenceSource> references,
        Admitting admitting) {
    /** Checks a model file and opens it, as {@link Admission} does. */
    public interface Admitting {
        ModelFile admit(Path file, Provider provider, Expected expected) throws ModelRefused;
    }

    /**
     * The settings of a definition, with a cache of the topic under its {@code state.dir}.
     *
     * @throws IllegalArgumentException if its model comes from no topic
     */
    public static FeedSettings of(Definition definition, String instance) {
        ModelTopics topics = ModelTopics.of(definition)
                .orElseThrow(() ->
                        new IllegalArgumentException("pipeline " + definition.pipeline() + " has no model.topic"));
        Properties properties = StreamsProperties.of(definition, instance, new ArrayList<>());
        Path state = Path.of(StreamsProperties.text(properties, StreamsConfig.STATE_DIR_CONFIG));
        return new FeedSettings(
                ModelClients.of(definition),
                topics,
                instance,
                state.resolve("limpid-models").resolve(topics.models()),
                References.under(definition
                        .model()
                        .topic()
                        .map(Definition.ModelTopic::references)
                        .orElse(Map.of())),
                Admission.ofThisHost()::admit);
    }
}
