package dev.limpid.kafka;

import dev.limpid.codec.ManifestLayout;
import dev.limpid.codec.SigningKey;
import dev.limpid.codec.TrustedKeys;
import dev.limpid.model.Manifest;
import dev.limpid.model.Pointer;
import dev.limpid.model.TopicKey;
import dev.limpid.onnx.Admission;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.ModelMetadata;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.onnx.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Announces model files on the models topic: chunks, manifest and, unless the model is a shadow's, the pointer become visible
 * together. A file is streamed, never held as a whole. The same content under the same version is announced once; another content
 * under it is refused, for versions are never rewritten.
 */
public final class ModelPublisher {
    /** Room for key, headers and framing of a chunk's record. */
    private static final int OVERHEAD_BYTES = 4_096;

    private final ModelClients clients;
    private final ModelTopics topics;
    private final int chunkBytes;

    public ModelPublisher(ModelClients clients, ModelTopics topics) {
        this(clients, topics, Manifest.MAX_CHUNK_BYTES);
    }

    /** @param chunkBytes size of all chunks but the last */
    ModelPublisher(ModelClients clients, ModelTopics topics, int chunkBytes) {
        this.clients = clients;
        this.topics = topics;
        this.chunkBytes = chunkBytes;
    }

    /**
     * What is to be announced.
     *
     * @param shadow whether it is to run beside the one in force
     * @param reference where instances find the file; empty: the topic carries it
     * @param provenance for people
     */
    public record Offer(
            Path file,
            String name,
            String version,
            boolean shadow,
            Optional<String> reference,
            SortedMap<String, String> provenance) {
        private static final int MAX_WINDOWS = 64;

        /**
         * Checks a file as every instance will, and offers it as what it says it is: to be carried by the topic and put in force.
         *
         * @throws ModelRefused with everything that is wrong with it
         */
        public static Offer checked(Path file) throws ModelRefused {
            ModelFile model = Admission.ofThisHost()
                    .admit(file, Provider.CPU, metadata -> metadata.expected(MAX_WINDOWS), (check, how) -> {});
            model.denoiser().close();
            ModelMetadata metadata = model.metadata();
            ModelMetadata.Training training = metadata.training();
            SortedMap<String, String> provenance =
                    new TreeMap<>(Map.of("code", training.code(), "seed", Long.toString(training.seed())));
            training.data().forEach((data, sha256) -> provenance.put("data:" + data, sha256));
            return new Offer(file, metadata.name(), metadata.version(), false, Optional.empty(), provenance);
        }
    }

    /**
     * What was announced.
     *
     * @param written whether the manifest and the file were, or were there already
     * @param pointer the new pointer; empty if the one there says the same already
     */
    public record Published(Manifest manifest, boolean written, Optional<Pointer> pointer) {}

    /**
     * Announces a model.
     *
     * @param dryRun check everything and write nothing
     * @throws IllegalArgumentException if it cannot be announced; the message says why and what to do
     * @throws IllegalStateException if the cluster does not take it; nothing of it is visible
     */
    public Published publish(Offer offer, Optional<SigningKey> key, boolean dryRun) throws IOException {
        return publish(offer, key, dryRun, any -> true).orElseThrow();
    }

    /**
     * The same, unless the pointer is another by now than the one by which it was decided to announce it.
     *
     * @param seen the pointer then; empty: there was none
     * @return empty if there is another
     */
    public Optional<Published> publishOver(Optional<Pointer> seen, Offer offer, Optional<SigningKey> key)
            throws IOException {
        return publish(offer, key, false, seen::equals);
    }

    private Optional<Published> publish(
            Offer offer, Optional<SigningKey> key, boolean dryRun, Predicate<Optional<Pointer>> when)
            throws IOException {
        Manifest unsigned = manifest(offer);
        long bytes = unsigned.chunks() == 0 ? 0 : unsigned.sizeBytes();
        return ModelChange.make(clients, topics, offer.name(), bytes, dryRun, change -> {
            if (unsigned.chunks() > 0 && change.recordBytes() < chunkBytes + OVERHEAD_BYTES) {
                throw new IllegalArgumentException(offer.file() + " has " + unsigned.sizeBytes()
                        + " bytes in chunks of "
                        + chunkBytes + ", but topic " + topics.models() + " takes records up to max.message.bytes="
                        + change.recordBytes() + "; set that to " + (chunkBytes + OVERHEAD_BYTES)
                        + " or more, or announce the model with --reference");
            }
            Catalogue.Model there = change.board().catalogue().model(offer.name());
            if (!when.test(there.pointer())) {
                return Optional.empty();
            }
            Catalogue.Version version = change.board().catalogue().version(offer.name(), offer.version());
            Manifest manifest = announced(unsigned, version.manifest(), key);
            boolean write = !version.manifest().equals(Optional.of(manifest))
                    || !version.missing().isEmpty();
            if (write) {
                if (version.manifest().isEmpty() || !version.missing().isEmpty()) {
                    send(change, offer.file(), manifest);
                }
                change.send(new TopicKey.OfManifest(offer.name(), offer.version()), ManifestLayout.encode(manifest));
            }
            Optional<Pointer> pointer = point(change, there.pointer(), offer, key);
            return Optional.of(new Published(manifest, write, pointer));
        });
    }

    /** The manifest as it will stand: of a content that is there already, only the signature may change. */
    private static Manifest announced(Manifest fresh, Optional<Manifest> there, Optional<SigningKey> key) {
        if (there.isPresent() && !there.get().sameContent(fresh)) {
            throw new IllegalArgumentException("version " + fresh.version() + " of " + fresh.name()
                    + " is announced with SHA-256 " + there.get().sha256().substring(0, 12) + "…, this file's is "
                    + fresh.sha256().substring(0, 12) + "…; versions are never rewritten: choose another --version");
        }
        Manifest base = there.orElse(fresh);
        return key.map(each -> ManifestLayout.sign(base, each)).orElse(base);
    }

    private static Optional<Pointer> point(
            ModelChange change, Optional<Pointer> old, Offer offer, Optional<SigningKey> key) {
        Optional<String> version = Optional.of(offer.version());
        Optional<String> inForce = old.flatMap(Pointer::inForce);
        Optional<String> previous = old.flatMap(Pointer::previous);
        Optional<String> signer = old.flatMap(Pointer::signature).map(each -> each.keyId());
        boolean signed = key.isEmpty() || signer.equals(key.map(SigningKey::keyId));
        if (offer.shadow()) {
            boolean same = old.flatMap(Pointer::shadow).equals(version);
            return same && signed ? Optional.empty() : Optional.of(change.point(inForce, previous, version, key));
        }
        if (inForce.equals(version)) {
            return signed
                    ? Optional.empty()
                    : Optional.of(change.point(inForce, previous, old.flatMap(Pointer::shadow), key));
        }
        return Optional.of(change.point(version, inForce, Optional.empty(), key));
    }

    private Manifest manifest(Offer offer) throws IOException {
        long size = Files.size(offer.file());
        if (size > Manifest.MAX_BYTES) {
            throw new IllegalArgumentException(offer.file() + " has " + size + " bytes, a model at most "
                    + Manifest.MAX_BYTES + "; export it smaller");
        }
        boolean carried = offer.reference().isEmpty();
        return new Manifest(
                offer.name(),
                offer.version(),
                digest(offer.file()),
                size,
                carried ? (int) ((size + chunkBytes - 1) / chunkBytes) : 0,
                carried ? chunkBytes : 0,
                offer.reference(),
                System.currentTimeMillis(),
                offer.provenance(),
                Optional.empty());
    }

    private static void send(ModelChange change, Path file, Manifest manifest) throws IOException {
        MessageDigest digest = TrustedKeys.sha256();
        try (InputStream in = Files.newInputStream(file)) {
            for (int i = 0; i < manifest.chunks(); i++) {
                byte[] chunk = in.readNBytes(manifest.bytesOf(i));
                digest.update(chunk);
                change.send(new TopicKey.OfChunk(manifest.name(), manifest.version(), i), chunk);
            }
            if (manifest.chunks() > 0
                    && !HexFormat.of().formatHex(digest.digest()).equals(manifest.sha256())) {
                throw new IllegalStateException(file + " changed while it was read; nothing was announced");
            }
        }
    }

    /** The SHA-256 of a file in lower-case hex. */
    static String digest(Path file) throws IOException {
        MessageDigest digest = TrustedKeys.sha256();
        byte[] buffer = new byte[64 << 10];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
