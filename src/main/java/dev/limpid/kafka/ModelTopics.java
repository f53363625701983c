package dev.limpid.kafka;

import dev.limpid.definition.Definition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The two topics that models travel by: one announces them, the other takes what became of them. Each has one partition and is
 * compacted.
 *
 * @param models {@code limpid.models} unless said otherwise
 * @param status {@code limpid.model-status} unless said otherwise
 */
public record ModelTopics(String models, String status) {
    /** The names unless said otherwise. */
    public static final ModelTopics DEFAULT = new ModelTopics("limpid.models", "limpid.model-status");

    private static final Map<String, String> COMPACTED = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            Integer.toString(Limits.DEFAULT.recordBytes()));

    /** The topics of a definition; empty if its model comes from no topic. */
    public static Optional<ModelTopics> of(Definition definition) {
        return definition.model().topic().map(topic -> new ModelTopics(topic.topic(), topic.status()));
    }

    TopicPartition modelsPartition() {
        return new TopicPartition(models, 0);
    }

    TopicPartition statusPartition() {
        return new TopicPartition(status, 0);
    }

    /** Creates those that are missing, with the broker's default of replicas, and gives their names. */
    public List<String> create(Admin admin) {
        Map<String, NewTopic> missing = new LinkedHashMap<>();
        List<String> known = known(admin);
        // small segments, so that what was replaced or removed is compacted away soon
        for (Map.Entry<String, String> each :
                Map.of(models, "134217728", status, "16777216").entrySet()) {
            if (!known.contains(each.getKey())) {
                Map<String, String> config = new LinkedHashMap<>(COMPACTED);
                config.put(TopicConfig.SEGMENT_BYTES_CONFIG, each.getValue());
                missing.put(
                        each.getKey(), new NewTopic(each.getKey(), Optional.of(1), Optional.empty()).configs(config));
            }
        }
        List<String> created = new ArrayList<>();
        admin.createTopics(missing.values()).values().forEach((name, done) -> {
            try {
                AdminCalls.await(done);
                created.add(name);
            } catch (IllegalStateException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        });
        return created;
    }

    /** Those of the two that are there. */
    List<String> known(Admin admin) {
        return AdminCalls.await(admin.listTopics().names()).stream()
                .filter(name -> name.equals(models) || name.equals(status))
                .toList();
    }

    /**
     * The largest record that the models topic takes.
     *
     * @throws IllegalArgumentException if the topic would not keep what is announced
     */
    long mostRecordBytes(Admin admin) {
        TopicDescription description = AdminCalls.await(
                        admin.describeTopics(List.of(models)).allTopicNames())
                .get(models);
        if (description != null && description.partitions().size() != 1) {
            throw new IllegalArgumentException("topic " + models + " has "
                    + description.partitions().size() + " partitions, needs 1; choose another --topic");
        }
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, models);
        Config config =
                AdminCalls.await(admin.describeConfigs(List.of(resource)).all()).get(resource);
        if (config == null
                || !AdminCalls.value(config, TopicConfig.CLEANUP_POLICY_CONFIG).equals("compact")) {
            throw new IllegalArgumentException("topic " + models + " has cleanup.policy="
                    + (config == null ? "?" : AdminCalls.value(config, TopicConfig.CLEANUP_POLICY_CONFIG))
                    + ", needs compact: otherwise the broker deletes what was announced");
        }
        return Long.parseLong(AdminCalls.value(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
    }
}
