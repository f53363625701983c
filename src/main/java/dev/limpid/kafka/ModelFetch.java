package dev.limpid.kafka;

import dev.limpid.model.Manifest;
import dev.limpid.model.TopicKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Brings an announced file onto this host's disk, from the topic's chunks or by reference, and checks size and digest. Moves the
 * reader's position. Confined to one thread.
 */
final class ModelFetch {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration STALLED = Duration.ofSeconds(20);
    /** How long a file elsewhere may take, beside its share for each MiB. */
    private static final Duration LEAST = Duration.ofSeconds(60);

    private static final long MILLIS_PER_MIB = 1_000;
    /** Records to read over rather than to seek. */
    private static final long NEAR = 64;

    private final TopicPartition partition;
    private final ModelCache cache;
    private final References references;
    private final Duration stalled;

    ModelFetch(TopicPartition partition, ModelCache cache, References references) {
        this(partition, cache, references, STALLED);
    }

    /** @param stalled how long to wait for a chunk, or for more bytes of a file elsewhere */
    ModelFetch(TopicPartition partition, ModelCache cache, References references, Duration stalled) {
        this.partition = partition;
        this.cache = cache;
        this.references = references;
        this.stalled = stalled;
    }

    /**
     * The file, as the manifest says it: from an earlier time if it is there, else fetched now.
     *
     * @throws TimeoutException if the broker is away, which is no fault of the model
     */
    Path fetch(Consumer<byte[], byte[]> reader, Manifest manifest, Catalogue.Version version)
            throws Refused, IOException {
        Optional<Path> there = cache.file(manifest.sha256());
        if (there.isPresent() && ModelPublisher.digest(there.get()).equals(manifest.sha256())) {
            return there.get();
        }
        if (manifest.reference().isEmpty() && !version.missing().isEmpty()) {
            Set<Integer> missing = version.missing();
            throw new Refused(
                    "chunks",
                    "of " + manifest.chunks() + " chunks " + missing.size() + " are missing, " + some(missing)
                            + "; publish it again",
                    true);
        }
        Path partial = cache.partial();
        boolean kept = false;
        try {
            if (manifest.reference().isPresent()) {
                copy(manifest, manifest.reference().get(), partial);
            } else {
                assemble(reader, manifest, version, partial);
            }
            check(manifest, partial);
            Path file = cache.keep(partial, manifest.sha256());
            kept = true;
            return file;
        } finally {
            if (!kept) {
                cache.drop(partial);
            }
        }
    }

    private static String some(Set<Integer> missing) {
        String first = missing.stream()
                .limit(5)
                .map(String::valueOf)
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        return missing.size() > 5 ? first + ", …" : first;
    }

    private static void check(Manifest manifest, Path file) throws Refused, IOException {
        String digest = ModelPublisher.digest(file);
        if (!digest.equals(manifest.sha256())) {
            throw new Refused(
                    "digest",
                    "its SHA-256 is " + digest + ", its manifest says " + manifest.sha256() + "; publish it again",
                    false);
        }
    }

    private void copy(Manifest manifest, String reference, Path file) throws Refused, IOException {
        long copied;
        Duration most = LEAST.plusMillis(MILLIS_PER_MIB * (manifest.sizeBytes() >> 20));
        try (RemoteFile in = new RemoteFile(references.open(reference), stalled, most);
                FileChannel out = create(file)) {
            copied = 0;
            for (ByteBuffer piece = in.next();
                    piece.hasRemaining() && copied <= manifest.sizeBytes();
                    piece = in.next()) {
                int bytes = piece.remaining();
                write(out, piece, copied);
                copied += bytes;
            }
        } catch (IOException e) {
            throw new Refused("reference", reference + " cannot be read: " + e + "; put the file there", true);
        }
        if (copied != manifest.sizeBytes()) {
            throw new Refused(
                    "size",
                    reference + " has " + (copied > manifest.sizeBytes() ? "more" : copied)
                            + " bytes, its manifest says " + manifest.sizeBytes() + "; publish it again",
                    false);
        }
    }

    private void assemble(Consumer<byte[], byte[]> reader, Manifest manifest, Catalogue.Version version, Path file)
            throws Refused, IOException {
        TreeMap<Long, Integer> wanted = new TreeMap<>();
        for (Map.Entry<Integer, Long> chunk : version.chunks().entrySet()) {
            if (chunk.getKey() < manifest.chunks()) {
                wanted.put(chunk.getValue(), chunk.getKey());
            }
        }
        long deadline = System.nanoTime() + stalled.toNanos();
        reader.seek(partition, wanted.firstKey());
        try (FileChannel out = create(file)) {
            while (!wanted.isEmpty()) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    Integer index = wanted.remove(record.offset());
                    if (index != null) {
                        place(out, manifest, index, record);
                        deadline = System.nanoTime() + stalled.toNanos();
                    }
                }
                if (!wanted.isEmpty()) {
                    long next = wanted.firstKey();
                    long position = reader.position(partition);
                    int index = wanted.firstEntry().getValue();
                    if (next < position) {
                        throw new Refused(
                                "chunks", "chunk " + index + " was there and is not to be read any more", true);
                    }
                    if (System.nanoTime() > deadline) {
                        throw new TimeoutException("chunk " + index + " of " + manifest.id() + " does not come");
                    }
                    if (next > position + NEAR) {
                        reader.seek(partition, next);
                    }
                }
            }
        }
    }

    private static void place(FileChannel out, Manifest manifest, int index, ConsumerRecord<byte[], byte[]> record)
            throws Refused, IOException {
        int bytes = record.value() == null ? 0 : record.value().length;
        if (bytes != manifest.bytesOf(index)) {
            throw new Refused(
                    "size",
                    "chunk " + new TopicKey.OfChunk(manifest.name(), manifest.version(), index) + " has " + bytes
                            + " bytes, its manifest says " + manifest.bytesOf(index) + "; publish it again",
                    false);
        }
        write(out, ByteBuffer.wrap(record.value()), (long) index * manifest.chunkBytes());
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ModelCache.PRIVATE_FILE);
    }

    private static void write(FileChannel out, ByteBuffer bytes, long at) throws IOException {
        long position = at;
        while (bytes.hasRemaining()) {
            position += out.write(bytes, position);
        }
    }
}
