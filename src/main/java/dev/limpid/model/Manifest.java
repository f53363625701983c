package dev.limpid.model;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the models topic says about one version of a model. Never changes once announced, but for its signature.
 *
 * @param sha256 of the file, lower-case hex
 * @param sizeBytes of the file, 1 to {@link #MAX_BYTES}
 * @param chunks records that hold the file; 0 if {@code reference} says where it is
 * @param chunkBytes bytes of each chunk but the last; 0 without chunks
 * @param reference URI of the file, for one that the topic does not carry
 * @param publishedMs when, in milliseconds since the epoch
 * @param provenance where the model comes from, in words for people
 */
public record Manifest(
        String name,
        String version,
        String sha256,
        long sizeBytes,
        int chunks,
        int chunkBytes,
        Optional<String> reference,
        long publishedMs,
        SortedMap<String, String> provenance,
        Optional<Signature> signature) {
    /** Size of the largest file: 512 MiB. */
    public static final long MAX_BYTES = 512L << 20;

    /** Size of the largest chunk: 512 KiB, for brokers take records up to 1 MiB unless told otherwise. */
    public static final int MAX_CHUNK_BYTES = 512 << 10;

    private static final int MAX_URI = 2_000;

    public Manifest {
        TopicKey.requireName("name", name);
        TopicKey.requireName("version", version);
        TopicKey.require(hexDigest(sha256), "sha256", sha256, "64 lower-case hex digits");
        TopicKey.require(sizeBytes > 0 && sizeBytes <= MAX_BYTES, "sizeBytes", sizeBytes, "1 to " + MAX_BYTES);
        if (reference.isPresent()) {
            TopicKey.require(reference.get().length() <= MAX_URI, "reference", reference.get(), "a shorter URI");
            TopicKey.require(chunks == 0 && chunkBytes == 0, "chunks", chunks, "none beside a reference");
        } else {
            TopicKey.require(
                    chunkBytes > 0 && chunkBytes <= MAX_CHUNK_BYTES,
                    "chunkBytes",
                    chunkBytes,
                    "1 to " + MAX_CHUNK_BYTES);
            long wanted = (sizeBytes + chunkBytes - 1) / chunkBytes;
            TopicKey.require(
                    chunks == wanted && chunks <= TopicKey.MAX_CHUNKS,
                    "chunks",
                    chunks,
                    wanted + " of " + chunkBytes + " bytes for " + sizeBytes + " bytes, " + TopicKey.MAX_CHUNKS
                            + " at most");
        }
        provenance = Collections.unmodifiableSortedMap(new TreeMap<>(provenance));
    }

    /** The model it announces. */
    public ModelId id() {
        return new ModelId(name, version, sha256);
    }

    /** Bytes of chunk {@code index}. */
    public int bytesOf(int index) {
        return (int) Math.min(chunkBytes, sizeBytes - (long) index * chunkBytes);
    }

    /** Whether it announces the same file in the same way: all but when and by whom. */
    public boolean sameContent(Manifest other) {
        return sha256.equals(other.sha256) && sizeBytes == other.sizeBytes;
    }

    /** The same, signed. */
    public Manifest signed(Optional<Signature> by) {
        return new Manifest(
                name, version, sha256, sizeBytes, chunks, chunkBytes, reference, publishedMs, provenance, by);
    }

    private static boolean hexDigest(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return text.length() == 64;
    }
}
