package dev.limpid.cli;

import dev.limpid.codec.SigningKey;
import dev.limpid.codec.TrustedKeys;
import dev.limpid.definition.Definition;
import dev.limpid.definition.Definition.ModelTopic;
import dev.limpid.kafka.FeedSettings;
import dev.limpid.kafka.Follower;
import dev.limpid.kafka.LatencyBound;
import dev.limpid.kafka.ModelClients;
import dev.limpid.kafka.ModelFeed;
import dev.limpid.kafka.ModelTopics;
import dev.limpid.kafka.ShadowSpec;
import dev.limpid.kafka.WantedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The model feeds of one process: one for each topic, however many pipelines follow it. */
final class ModelFeeds implements AutoCloseable {
    private final Map<String, Follower> followers = new LinkedHashMap<>();
    private final Map<String, ShadowSpec> shadows = new HashMap<>();
    private final List<ModelFeed> feeds = new ArrayList<>();

    /** What pipelines must have in common to share a feed. */
    private record Shared(ModelClients clients, ModelTopics topics, Path cache) {}

    private ModelFeeds() {}

    /**
     * Starts the feeds of those definitions that name a topic; returns at once.
     *
     * @param problems where keys that cannot be read are added; then nothing is started
     */
    static ModelFeeds start(List<Definition> definitions, String instance, List<String> problems) {
        ModelFeeds all = new ModelFeeds();
        Map<Shared, List<Follower>> shared = new LinkedHashMap<>();
        Map<Shared, Definition> firsts = new HashMap<>();
        for (Definition definition : definitions) {
            if (definition.model().topic().isEmpty()) {
                continue;
            }
            ModelTopic topic = definition.model().topic().get();
            List<String> wrong = new ArrayList<>();
            TrustedKeys trusted = TrustedKeys.of(topic.trustedKeys(), wrong);
            wrong.forEach(
                    problem -> problems.add("pipeline " + definition.pipeline() + ": models.trusted-keys: " + problem));
            Follower follower = new Follower(
                            definition.pipeline(),
                            definition.model().name(),
                            WantedModel.of(definition),
                            WantedModel.provider(definition),
                            trusted)
                    .within(LatencyBound.of(definition));
            all.followers.put(definition.pipeline(), follower);
            all.shadows.put(
                    definition.pipeline(), ShadowSpec.of(definition, signingKey(definition, topic, trusted, problems)));
            FeedSettings settings = FeedSettings.of(definition, instance);
            Shared feed = new Shared(settings.clients(), settings.topics(), settings.cache());
            shared.computeIfAbsent(feed, each -> new ArrayList<>()).add(follower);
            Definition first = firsts.computeIfAbsent(feed, each -> definition);
            if (!first.model().topic().map(ModelTopic::references).equals(Optional.of(topic.references()))) {
                problems.add("pipeline " + definition.pipeline() + ": models.references is not that of pipeline "
                        + first.pipeline() + ", which follows the same topic in this process; make them equal");
            }
        }
        if (problems.isEmpty()) {
            shared.forEach((each, group) -> all.feeds.add(
                    ModelFeed.start(FeedSettings.of(firsts.getOrDefault(each, definitions.get(0)), instance), group)));
        }
        return all;
    }

    /** The key that signs promotions by rule, if there is one, and it can be read and is trusted. */
    private static Optional<SigningKey> signingKey(
            Definition definition, ModelTopic topic, TrustedKeys trusted, List<String> problems) {
        if (topic.signingKey().isEmpty()) {
            return Optional.empty();
        }
        String subject = "pipeline " + definition.pipeline() + ": models.signing-key: ";
        try {
            SigningKey key = SigningKey.read(Path.of(topic.signingKey().get()));
            Optional<String> untrusted = trusted.isEmpty()
                    ? Optional.empty()
                    : trusted.problem(Optional.of(key.sign(new byte[0])), new byte[0]);
            untrusted.ifPresent(problem -> problems.add(subject + problem));
            return Optional.of(key);
        } catch (IOException | IllegalArgumentException e) {
            problems.add(subject + "it cannot be read: " + e);
            return Optional.empty();
        }
    }

    /** How a pipeline with a follower runs shadows. */
    ShadowSpec shadow(Definition definition) {
        ShadowSpec spec = shadows.get(definition.pipeline());
        if (spec == null) {
            throw new IllegalArgumentException("pipeline " + definition.pipeline() + " follows no topic");
        }
        return spec;
    }

    /** The follower of a pipeline; empty if its model comes from no topic. */
    Optional<Follower> of(Definition definition) {
        return Optional.ofNullable(followers.get(definition.pipeline()));
    }

    @Override
    public void close() {
        feeds.forEach(ModelFeed::close);
    }
}
