package dev.limpid.kafka;

import dev.limpid.codec.ShadowStatusLayout;
import dev.limpid.codec.StatusLayout;
import dev.limpid.codec.TrainerStatusLayout;
import dev.limpid.model.ModelStatus;
import dev.limpid.model.ShadowStatus;
import dev.limpid.model.TrainerStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the model topics say at one moment: what is announced, and what each instance made of it.
 *
 * @param catalogue of the models topic
 * @param statuses of the status topic, by key
 * @param shadows what instances found of shadows, by key
 * @param trainers what trainers came to, by key
 */
record ModelBoard(
        Catalogue catalogue,
        SortedMap<String, ModelStatus> statuses,
        SortedMap<String, ShadowStatus> shadows,
        SortedMap<String, TrainerStatus> trainers) {
    private static final int BRIEF_MS = 20;
    private static final Logger LOG = LoggerFactory.getLogger(ModelBoard.class);

    /** Reads both topics to their end; one that is not there is empty. */
    static ModelBoard read(ModelClients clients, ModelTopics topics) {
        ModelBoard board = new ModelBoard(new Catalogue(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        List<String> known;
        try (Admin admin = clients.admin()) {
            known = topics.known(admin);
        }
        try (Consumer<byte[], byte[]> reader = clients.reader(BRIEF_MS)) {
            if (known.contains(topics.models())) {
                TopicScan.scan(reader, topics.modelsPartition(), record -> Catalogue.key(record)
                        .flatMap(key -> board.catalogue.take(key, record.value(), record.offset()))
                        .ifPresent(problem -> LOG.warn("{} at {}: {}", topics.models(), record.offset(), problem)));
            }
            if (known.contains(topics.status())) {
                TopicScan.scan(reader, topics.statusPartition(), record -> board.status(record.key(), record.value()));
            }
        }
        return board;
    }

    private void status(byte[] key, byte[] value) {
        String text = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        try {
            if (value == null) {
                statuses.remove(text);
                shadows.remove(text);
                trainers.remove(text);
            } else if (ShadowStatusLayout.isKey(text)) {
                shadows.put(text, ShadowStatusLayout.decode(value));
            } else if (TrainerStatusLayout.isKey(text)) {
                trainers.put(text, TrainerStatusLayout.decode(value));
            } else {
                statuses.put(text, StatusLayout.decode(value));
            }
        } catch (IllegalArgumentException e) {
            LOG.warn("status {} is not read: {}", text, e.getMessage());
        }
    }

    /** The highest sequence number that any instance or the topic itself knows of a model. */
    long sequence(String name) {
        long announced = catalogue
                .model(name)
                .pointer()
                .map(pointer -> pointer.sequence())
                .orElse(0L);
        return statuses.values().stream()
                .filter(status -> status.name().equals(name))
                .mapToLong(ModelStatus::sequence)
                .reduce(announced, Math::max);
    }
}
