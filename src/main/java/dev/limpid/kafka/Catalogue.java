package dev.limpid.kafka;

import dev.limpid.codec.ManifestLayout;
import dev.limpid.codec.PointerLayout;
import dev.limpid.model.Manifest;
import dev.limpid.model.Pointer;
import dev.limpid.model.TopicKey;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What stands on the models topic, by model and version: manifests, the pointers, and at which offset each chunk lies. Chunks
 * themselves are not kept: who wants a file reads them again. So duplicates and any order come to the same. Confined to one
 * thread.
 */
final class Catalogue {
    private final SortedMap<String, Model> models = new TreeMap<>();

    /** All of one name. */
    static final class Model {
        private final SortedMap<String, Version> versions = new TreeMap<>();
        private @Nullable Pointer pointer;

        /** The last pointer that could be read, whatever its sequence or signature. */
        Optional<Pointer> pointer() {
            return Optional.ofNullable(pointer);
        }

        SortedMap<String, Version> versions() {
            return Collections.unmodifiableSortedMap(versions);
        }
    }

    /** All of one version. */
    static final class Version {
        private final NavigableMap<Integer, Long> chunks = new TreeMap<>();
        private @Nullable Manifest manifest;
        private String problem = "there is no manifest; publish it";

        Optional<Manifest> manifest() {
            return Optional.ofNullable(manifest);
        }

        /** Why there is no manifest. */
        String problem() {
            return problem;
        }

        /** The offset of each chunk. */
        NavigableMap<Integer, Long> chunks() {
            return Collections.unmodifiableNavigableMap(chunks);
        }

        /** The chunks that the manifest wants and the topic has not. */
        SortedSet<Integer> missing() {
            SortedSet<Integer> missing = new TreeSet<>();
            for (int i = 0; manifest != null && i < manifest.chunks(); i++) {
                if (!chunks.containsKey(i)) {
                    missing.add(i);
                }
            }
            return missing;
        }
    }

    /** The key of a record; empty if it is none of the models topic. */
    static Optional<TopicKey> key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null || record.key().length > 3 * TopicKey.MAX_LENGTH
                ? Optional.empty()
                : TopicKey.parse(new String(record.key(), StandardCharsets.UTF_8));
    }

    /**
     * Takes the next record.
     *
     * @param value null for a tombstone
     * @return why it does not count; empty if it does
     */
    Optional<String> take(TopicKey key, byte @Nullable [] value, long offset) {
        Model model = models.computeIfAbsent(key.name(), name -> new Model());
        Optional<String> problem = Optional.empty();
        if (key instanceof TopicKey.OfPointer) {
            problem = pointer(model, key, value);
        } else if (key instanceof TopicKey.OfManifest of) {
            problem = manifest(model.versions.computeIfAbsent(of.version(), v -> new Version()), of, value);
        } else if (key instanceof TopicKey.OfChunk of) {
            Version version = model.versions.computeIfAbsent(of.version(), v -> new Version());
            if (value == null) {
                version.chunks.remove(of.index());
            } else {
                version.chunks.put(of.index(), offset);
            }
        }
        if (value == null) {
            model.versions.values().removeIf(version -> version.manifest == null && version.chunks.isEmpty());
        }
        if (model.versions.isEmpty() && model.pointer == null) {
            models.remove(key.name());
        }
        return problem;
    }

    private static Optional<String> pointer(Model model, TopicKey key, byte @Nullable [] value) {
        if (value == null) {
            model.pointer = null;
            return Optional.empty();
        }
        try {
            Pointer pointer = PointerLayout.decode(value);
            if (!pointer.name().equals(key.name())) {
                return Optional.of("pointer: name is '" + pointer.name() + "', its key says '" + key + "'");
            }
            model.pointer = pointer;
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> manifest(Version version, TopicKey.OfManifest key, byte @Nullable [] value) {
        version.manifest = null;
        if (value == null) {
            version.problem = "its manifest was removed; publish it again";
            return Optional.empty();
        }
        try {
            Manifest manifest = ManifestLayout.decode(value);
            if (manifest.name().equals(key.name()) && manifest.version().equals(key.version())) {
                version.manifest = manifest;
                return Optional.empty();
            }
            version.problem =
                    "manifest: it is of " + manifest.name() + "/" + manifest.version() + ", its key says " + key;
        } catch (IllegalArgumentException e) {
            version.problem = String.valueOf(e.getMessage());
        }
        return Optional.of(version.problem);
    }

    /** The names of which something stands on the topic. */
    SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(models.keySet()));
    }

    /** All of one name; empty, but not null, if nothing is there. */
    Model model(String name) {
        return models.getOrDefault(name, new Model());
    }

    /** One version; empty, but not null, if nothing is there. */
    Version version(String name, String version) {
        return model(name).versions.getOrDefault(version, new Version());
    }
}
