package dev.limpid.kafka;

import dev.limpid.codec.SigningKey;
import dev.limpid.model.Manifest;
import dev.limpid.model.ModelStatus;
import dev.limpid.model.Pointer;
import dev.limpid.model.ShadowStatus;
import dev.limpid.model.TopicKey;
import dev.limpid.model.TrainerStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What people do with announced models beyond publishing: look, promote, roll back, remove old ones. Nothing here needs the files;
 * every change is one transaction.
 */
public final class ModelDesk {
    /** Versions of each model that are never removed, the newest ones. */
    public static final int KEPT = 3;

    private final ModelClients clients;
    private final ModelTopics topics;

    public ModelDesk(ModelClients clients, ModelTopics topics) {
        this.clients = clients;
        this.topics = topics;
    }

    /**
     * One version of a model.
     *
     * @param manifest empty if there is none that can be read
     * @param problem why instances cannot take it; empty if nothing is wrong with what the topic holds
     */
    public record Version(String version, Optional<Manifest> manifest, String problem) {}

    /**
     * One model.
     *
     * @param versions by time, the newest first
     * @param instances what each instance made of it
     * @param shadows what each instance found of its shadow, or of its last one
     * @param trainers what the last round of each trainer came to
     */
    public record Model(
            String name,
            Optional<Pointer> pointer,
            List<Version> versions,
            List<ModelStatus> instances,
            List<ShadowStatus> shadows,
            List<TrainerStatus> trainers) {}

    /** All models that are announced, or that instances ask for. */
    public List<Model> list() {
        ModelBoard board = ModelBoard.read(clients, topics);
        Set<String> names = new TreeSet<>(board.catalogue().names());
        board.statuses().values().forEach(status -> names.add(status.name()));
        board.trainers().values().forEach(status -> names.add(status.name()));
        List<Model> models = new ArrayList<>();
        for (String name : names) {
            List<ModelStatus> instances = board.statuses().values().stream()
                    .filter(status -> status.name().equals(name))
                    .toList();
            Catalogue.Model model = board.catalogue().model(name);
            List<ShadowStatus> shadows = board.shadows().values().stream()
                    .filter(status -> status.name().equals(name))
                    .toList();
            List<TrainerStatus> trainers = board.trainers().values().stream()
                    .filter(status -> status.name().equals(name))
                    .toList();
            models.add(new Model(name, model.pointer(), versions(model), instances, shadows, trainers));
        }
        return models;
    }

    private static List<Version> versions(Catalogue.Model model) {
        List<Version> versions = new ArrayList<>();
        model.versions().forEach((version, there) -> {
            String problem = there.manifest().isEmpty()
                    ? there.problem()
                    : there.missing().isEmpty() ? "" : there.missing().size() + " chunks are missing; publish it again";
            versions.add(new Version(version, there.manifest(), problem));
        });
        Comparator<Version> byTime = Comparator.comparing(
                each -> each.manifest().map(Manifest::publishedMs).orElse(0L));
        versions.sort(byTime.thenComparing(Version::version).reversed());
        return versions;
    }

    /**
     * Puts a version in force that is announced already.
     *
     * @param version empty: the shadow
     * @return the new pointer; empty if that version is in force already
     * @throws IllegalArgumentException if there is no such version
     */
    public Optional<Pointer> promote(String name, Optional<String> version, Optional<SigningKey> key, boolean dryRun) {
        return ModelChange.make(clients, topics, name, 0, dryRun, change -> {
            Optional<Pointer> old = change.board().catalogue().model(name).pointer();
            String next = version.or(() -> old.flatMap(Pointer::shadow))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "model " + name + " has no shadow to promote; say which --version"));
            return point(change, name, next, old, key);
        });
    }

    /**
     * Puts the shadow of {@code seen} in force, unless the pointer was changed since.
     *
     * @return the new pointer; empty if it was changed
     * @throws IllegalStateException if another change of the model is in progress, or was faster
     */
    Optional<Pointer> promoteShadow(Pointer seen, Optional<SigningKey> key) {
        if (ModelChange.inProgress(clients, topics, seen.name())) {
            throw new IllegalStateException("another change of " + seen.name() + " is in progress");
        }
        return ModelChange.make(clients, topics, seen.name(), 0, false, change -> {
            Optional<Pointer> old =
                    change.board().catalogue().model(seen.name()).pointer();
            return old.equals(Optional.of(seen)) && seen.shadow().isPresent()
                    ? point(change, seen.name(), seen.shadow().get(), old, key)
                    : Optional.empty();
        });
    }

    /**
     * Puts the previous version in force again, or another one.
     *
     * @param to empty: the version that was in force before
     * @return the new pointer; empty if that version is in force already
     * @throws IllegalArgumentException if there is no such version
     */
    public Optional<Pointer> rollback(String name, Optional<String> to, Optional<SigningKey> key, boolean dryRun) {
        return ModelChange.make(clients, topics, name, 0, dryRun, change -> {
            Optional<Pointer> old = change.board().catalogue().model(name).pointer();
            String next = to.or(() -> old.flatMap(Pointer::previous))
                    .orElseThrow(() ->
                            new IllegalArgumentException("model " + name + " has no previous version; say which --to"));
            return point(change, name, next, old, key);
        });
    }

    /**
     * Ends the shadow; its version stays announced.
     *
     * @return the new pointer; empty if there is no shadow
     */
    public Optional<Pointer> withdraw(String name, Optional<SigningKey> key, boolean dryRun) {
        return ModelChange.make(clients, topics, name, 0, dryRun, change -> {
            Optional<Pointer> old = change.board()
                    .catalogue()
                    .model(name)
                    .pointer()
                    .filter(each -> each.shadow().isPresent());
            Optional<Pointer> pointer =
                    old.map(each -> change.point(each.inForce(), each.previous(), Optional.empty(), key));
            return pointer;
        });
    }

    private static Optional<Pointer> point(
            ModelChange change, String name, String next, Optional<Pointer> old, Optional<SigningKey> key) {
        Catalogue.Version version = change.board().catalogue().version(name, next);
        if (version.manifest().isEmpty()) {
            throw new IllegalArgumentException("version " + next + " of " + name + " cannot be put in force: "
                    + version.problem() + "; announced are "
                    + change.board().catalogue().model(name).versions().keySet());
        }
        Optional<String> inForce = old.flatMap(Pointer::inForce);
        if (inForce.filter(next::equals).isPresent()) {
            return Optional.empty();
        }
        Optional<String> shadow = old.flatMap(Pointer::shadow).filter(each -> !each.equals(next));
        Pointer pointer = change.point(Optional.of(next), inForce, shadow, key);
        return Optional.of(pointer);
    }

    /**
     * Removes the versions of a model beyond the newest {@link #KEPT}, but none that the pointer names.
     *
     * @return the versions removed
     */
    public List<String> gc(String name, boolean dryRun) {
        return ModelChange.make(clients, topics, name, 0, dryRun, change -> {
            Catalogue.Model model = change.board().catalogue().model(name);
            List<String> removed = new ArrayList<>();
            int kept = 0;
            for (Version version : versions(model)) {
                boolean whole = version.manifest().isPresent();
                boolean pointed = model.pointer()
                        .filter(each -> each.names(version.version()))
                        .isPresent();
                if (whole && kept < KEPT) {
                    kept++;
                } else if (!pointed) {
                    remove(change, name, version.version(), model);
                    removed.add(version.version());
                }
            }
            return removed;
        });
    }

    private static void remove(ModelChange change, String name, String version, Catalogue.Model model) {
        change.send(new TopicKey.OfManifest(name, version), null);
        Map<Integer, Long> chunks =
                model.versions().getOrDefault(version, new Catalogue.Version()).chunks();
        chunks.keySet().forEach(index -> change.send(new TopicKey.OfChunk(name, version, index), null));
    }
}
