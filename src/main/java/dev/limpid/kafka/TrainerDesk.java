package dev.limpid.kafka;

import dev.limpid.codec.SigningKey;
import dev.limpid.codec.TrustedKeys;
import dev.limpid.definition.Definition;
import dev.limpid.model.Manifest;
import dev.limpid.model.Pointer;
import dev.limpid.model.TrainerStatus;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.onnx.Provider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * What a trainer does on the model topics of one pipeline: looks what stands, fetches the model in force, publishes a better one over
 * it, tells what its round came to. All its state is there, none here. Confined to one thread.
 */
public final class TrainerDesk implements AutoCloseable {
    private static final int WAIT_MS = 100;

    private final Definition definition;
    private final FeedSettings settings;
    private final TrustedKeys trusted;
    private final StatusWriter statuses;
    private final ModelCache cache;
    private final LockedFolder folder;
    private @Nullable ModelBoard seen;

    private TrainerDesk(Definition definition, FeedSettings settings, TrustedKeys trusted, LockedFolder folder) {
        this.folder = folder;
        this.definition = definition;
        this.settings = settings;
        this.trusted = trusted;
        this.statuses =
                new StatusWriter(settings.clients().plain(), settings.topics().status());
        this.cache = new ModelCache(settings.cache());
    }

    /**
     * The desk of a pipeline that takes its model from a topic.
     *
     * @param instance name of the trainer, the same after a restart
     * @throws IllegalArgumentException if the definition names no topic, or keys that cannot be read
     */
    public static TrainerDesk of(Definition definition, String instance) {
        FeedSettings feed = FeedSettings.of(definition, instance);
        List<String> problems = new ArrayList<>();
        TrustedKeys trusted =
                TrustedKeys.of(definition.model().topic().orElseThrow().trustedKeys(), problems);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("models.trusted-keys: " + problems);
        }
        LockedFolder folder = LockedFolder.of(
                feed.cache().resolveSibling("trainer-" + feed.topics().models() + "-" + definition.pipeline()));
        FeedSettings own = new FeedSettings(
                feed.clients(), feed.topics(), instance, folder.path(), feed.references(), feed.admitting());
        return new TrainerDesk(definition, own, trusted, folder);
    }

    /**
     * What stands on the topics at one moment.
     *
     * @param last what the latest round of any trainer of the pipeline came to
     * @param inForce the manifest that the pointer puts in force
     */
    public record Standing(Optional<Pointer> pointer, Optional<TrainerStatus> last, Optional<Manifest> inForce) {}

    /** Makes the topics that are missing. */
    public void createTopics() {
        try (Admin admin = settings.clients().admin()) {
            settings.topics().create(admin);
        } catch (KafkaException e) {
            throw new IllegalStateException("the cluster does not answer: " + e.getMessage(), e);
        }
    }

    /**
     * What stands now.
     *
     * @throws IllegalStateException if the cluster does not answer
     */
    public Standing standing() {
        ModelBoard board = board();
        seen = board;
        String name = definition.model().name();
        Optional<Pointer> pointer = board.catalogue().model(name).pointer();
        return new Standing(
                pointer,
                board.trainers().values().stream()
                        .filter(each -> each.pipeline().equals(definition.pipeline())
                                && each.name().equals(name))
                        .max(Comparator.comparingLong(TrainerStatus::atMs)),
                pointer.flatMap(Pointer::inForce)
                        .flatMap(version ->
                                board.catalogue().version(name, version).manifest()));
    }

    private ModelBoard board() {
        try {
            return ModelBoard.read(settings.clients(), settings.topics());
        } catch (KafkaException e) {
            throw new IllegalStateException("the model topics cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The model of the version in force.
     *
     * @param file its bytes, until the next is opened
     * @param model the caller closes its denoiser
     */
    public record InForce(Path file, ModelFile model) {}

    /**
     * The model of the version in force, admitted as every instance admits it.
     *
     * @param standing what {@link #standing} last gave
     * @return empty if the pointer puts none in force
     * @throws IllegalStateException if it cannot be had, or is signed by nobody who counts
     * @throws ModelRefused if it is not admitted
     */
    public Optional<InForce> open(Standing standing) throws ModelRefused {
        Optional<Path> file = fetch(standing);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new InForce(
                file.get(), settings.admitting().admit(file.get(), Provider.CPU, WantedModel.of(definition))));
    }

    private Optional<Path> fetch(Standing standing) {
        String name = definition.model().name();
        Optional<String> version = standing.pointer().flatMap(Pointer::inForce);
        if (version.isEmpty()) {
            return Optional.empty();
        }
        ModelBoard board = seen == null ? board() : seen;
        Catalogue.Version announced = board.catalogue().version(name, version.get());
        String label = "model " + name + ":" + version.get() + " in force cannot be had: ";
        Manifest manifest =
                announced.manifest().orElseThrow(() -> new IllegalStateException(label + announced.problem()));
        trusted.problem(manifest).ifPresent(problem -> {
            throw new IllegalStateException(label + problem);
        });
        ModelFetch fetch =
                new ModelFetch(settings.topics().modelsPartition(), cache, new References(settings.references()));
        try (Consumer<byte[], byte[]> reader = settings.clients().reader(WAIT_MS)) {
            reader.assign(List.of(settings.topics().modelsPartition()));
            Path file = fetch.fetch(reader, manifest, announced);
            cache.retain(Set.of(manifest.sha256()));
            return Optional.of(file);
        } catch (Refused e) {
            throw new IllegalStateException(label + e.reason(), e);
        } catch (KafkaException | IOException | UncheckedIOException e) {
            throw new IllegalStateException(label + e.getMessage(), e);
        }
    }

    /**
     * Publishes a model over what was seen; one transaction, as with any publisher.
     *
     * @return empty if the pointer was changed meanwhile
     * @throws IllegalStateException if the cluster does not take it; nothing of it is visible
     */
    public Optional<ModelPublisher.Published> publish(
            Standing seen, ModelPublisher.Offer offer, Optional<SigningKey> key) throws IOException {
        try {
            return new ModelPublisher(settings.clients(), settings.topics()).publishOver(seen.pointer(), offer, key);
        } catch (KafkaException e) {
            throw new IllegalStateException("nothing was announced: " + e.getMessage(), e);
        }
    }

    /** Tells the status topic what a round came to; what it does not take is told again by {@link #again}. */
    public void tell(TrainerStatus status) {
        statuses.write(status);
    }

    /** Tells again what was not taken, if it is time to. */
    public void again() {
        statuses.again();
    }

    @Override
    public void close() {
        statuses.close();
        folder.close();
    }
}
