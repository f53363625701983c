package dev.limpid.kafka;

import dev.limpid.definition.Definition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The topics of a pipeline: creates them, and checks that they can hold what is sent to them. Outputs have as many partitions
 * as the input, for they keep its partition.
 */
public final class Topics {
    private static final String CHANGELOG = "-changelog";

    /** Topic settings that Limpid creates outputs with: nothing is deleted but by the broker's retention. */
    private static final Map<String, String> OUTPUT_CONFIG = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_DELETE,
            // outputs carry the time of their input: retention by time would delete those of an old input at once
            TopicConfig.RETENTION_MS_CONFIG,
            "-1",
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            "CreateTime",
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            Integer.toString(Limits.DEFAULT.recordBytes()));

    private final Admin admin;

    /** @param admin stays the caller's */
    public Topics(Admin admin) {
        this.admin = admin;
    }

    /**
     * What a check found.
     *
     * @param problems why the pipeline cannot run; empty if it can
     * @param partitions of the input; 0 if it is missing
     */
    public record Report(List<String> problems, int partitions, Limits limits) {}

    /** The output topics by what they are for. */
    static Map<String, String> outputs(Definition definition) {
        Map<String, String> outputs = new LinkedHashMap<>();
        Definition.Output output = definition.output();
        outputs.put("output.cleaned", output.cleaned());
        output.scores().ifPresent(topic -> outputs.put("output.scores", topic));
        output.alerts().ifPresent(topic -> outputs.put("output.alerts", topic));
        outputs.put("output.dead-letters", output.deadLetters());
        output.embeddings().ifPresent(topic -> outputs.put("output.embeddings", topic));
        output.heatMaps().ifPresent(topic -> outputs.put("output.heat-maps", topic));
        return outputs;
    }

    /**
     * Creates the topics that are missing.
     *
     * @param partitions for the input if it is missing; outputs take the input's number
     * @param replication empty: the broker's default
     * @return the names of those created
     */
    public List<String> create(Definition definition, int partitions, Optional<Short> replication) {
        Map<String, TopicDescription> known = describe(names(definition));
        TopicDescription input = known.get(definition.input().topic());
        int count = input == null ? partitions : input.partitions().size();
        List<NewTopic> missing = new ArrayList<>();
        for (String name : names(definition)) {
            if (!known.containsKey(name)) {
                missing.add(new NewTopic(name, Optional.of(count), replication).configs(OUTPUT_CONFIG));
            }
        }
        Map<String, KafkaFuture<Void>> created =
                new TreeMap<>(admin.createTopics(missing).values());
        // made meanwhile by someone else, or by our own request that was sent again
        created.values().removeIf(each -> !made(each));
        awaitKnown(names(definition).size(), definition);
        return List.copyOf(created.keySet());
    }

    /** A controller says a topic is made before every broker has heard of it: whoever runs next must find it. */
    private void awaitKnown(int count, Definition definition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(AdminCalls.WAIT_SECONDS);
        while (describe(names(definition)).size() < count && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static boolean made(KafkaFuture<Void> topic) {
        try {
            AdminCalls.await(topic);
            return true;
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }

    /** Checks that all topics are there and fit, and that no state of another definition stands under the same application. */
    public Report check(Definition definition, String applicationId) {
        List<String> problems = new ArrayList<>();
        Map<String, TopicDescription> known = describe(names(definition));
        List<String> missing = names(definition).stream()
                .filter(name -> !known.containsKey(name))
                .toList();
        if (!missing.isEmpty()) {
            problems.add("missing topics: " + String.join(", ", missing) + "; make them with: limpid topics create");
        }
        TopicDescription input = known.get(definition.input().topic());
        int partitions = input == null ? 0 : input.partitions().size();
        outputs(definition).forEach((path, name) -> {
            TopicDescription topic = known.get(name);
            if (topic != null && input != null && topic.partitions().size() != partitions) {
                problems.add(path + ": topic " + name + " has "
                        + topic.partitions().size() + " partitions, needs " + partitions + " as its input "
                        + definition.input().topic());
            }
        });
        Limits limits = limits(definition, known.keySet(), problems);
        changed(definition, applicationId, problems);
        return new Report(List.copyOf(problems), partitions, limits);
    }

    private Limits limits(Definition definition, Set<String> known, List<String> problems) {
        Map<String, String> byTopic = new TreeMap<>();
        outputs(definition).forEach((path, name) -> {
            if (known.contains(name)) {
                byTopic.put(name, path);
            }
        });
        Map<ConfigResource, Config> configs = AdminCalls.await(admin.describeConfigs(byTopic.keySet().stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList())
                .all());
        long beforeMs = Limits.DEFAULT.timestampBeforeMs();
        long afterMs = Limits.DEFAULT.timestampAfterMs();
        long bytes = Limits.DEFAULT.recordBytes();
        for (Map.Entry<ConfigResource, Config> each : configs.entrySet()) {
            String name = each.getKey().name();
            String at = byTopic.get(name) + ": topic " + name;
            Config config = each.getValue();
            beforeMs = Math.min(beforeMs, number(config, TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, beforeMs));
            afterMs = Math.min(afterMs, number(config, TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, afterMs));
            long maxBytes = number(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, bytes);
            bytes = Math.min(bytes, maxBytes);
            if (maxBytes < StreamsProperties.MIN_RECORD_BYTES) {
                problems.add(at + " has max.message.bytes=" + maxBytes + ", needs at least "
                        + StreamsProperties.MIN_RECORD_BYTES);
            }
            if (AdminCalls.value(config, TopicConfig.CLEANUP_POLICY_CONFIG)
                    .contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
                problems.add(
                        at
                                + " is compacted, needs cleanup.policy=delete: compaction would remove all but a series' last record");
            }
            if (AdminCalls.value(config, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)
                    .equals("LogAppendTime")) {
                problems.add(
                        at
                                + " has message.timestamp.type=LogAppendTime, needs CreateTime: outputs keep the time of their input");
            }
        }
        return new Limits(beforeMs, afterMs, (int) bytes);
    }

    /** The fingerprint of the definition is part of the changelog's name. */
    private void changed(Definition definition, String applicationId, List<String> problems) {
        String prefix = applicationId + "-" + PipelineTopology.SERIES_STORE;
        String own = applicationId + "-" + PipelineTopology.seriesStore(definition) + CHANGELOG;
        Set<String> others = new TreeSet<>();
        for (String name : AdminCalls.await(admin.listTopics().names())) {
            if (name.startsWith(prefix) && name.endsWith(CHANGELOG) && !name.equals(own)) {
                others.add(name);
            }
        }
        if (!others.isEmpty()) {
            problems.add("application.id " + applicationId + " holds state of another definition ("
                    + String.join(", ", others)
                    + "; this one's is " + own + "): input, series, window or granularity changed; give the pipeline"
                    + " another name or kafka.application.id, or reset the application and delete that topic");
        }
    }

    private static List<String> names(Definition definition) {
        Set<String> names = new TreeSet<>(outputs(definition).values());
        names.add(definition.input().topic());
        return List.copyOf(names);
    }

    private Map<String, TopicDescription> describe(Collection<String> names) {
        Set<String> there = AdminCalls.await(admin.listTopics().names());
        return AdminCalls.await(
                admin.describeTopics(names.stream().filter(there::contains).toList())
                        .allTopicNames());
    }

    private static long number(Config config, String name, long otherwise) {
        String text = AdminCalls.value(config, name);
        return text.isEmpty() ? otherwise : Long.parseLong(text);
    }
}
