package dev.limpid.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model's bytes in a folder of their own that nobody else may read: what is checked is what is loaded, whatever becomes of
 * the original meanwhile, and a path to data outside of the file finds nothing beside it. Closing deletes the folder.
 */
final class PrivateCopy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PrivateCopy.class);
    private static final String PREFIX = "limpid-model-";
    private static final Duration STALE = Duration.ofHours(1);
    private static final AtomicBoolean SWEPT = new AtomicBoolean();

    private final Path folder;
    private final Path file;
    private final String sha256;
    private final long size;

    private PrivateCopy(Path folder, InputStream from, String subject) throws IOException, ModelRefused {
        this.folder = folder;
        this.file = folder.resolve("model.onnx");
        MessageDigest digest = newDigest();
        long copied = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] part = new byte[1 << 16];
            for (int count = from.read(part); count >= 0; count = from.read(part)) {
                copied += count;
                if (copied > Budget.MAX_BYTES) {
                    throw tooLarge(subject);
                }
                digest.update(part, 0, count);
                out.write(part, 0, count);
            }
        }
        this.size = copied;
        this.sha256 = HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Copies a file.
     *
     * @throws ModelRefused if there is none, it cannot be read, or it is too large
     */
    static PrivateCopy of(Path original, String subject) throws ModelRefused {
        try {
            if (Files.exists(original) && !Files.isRegularFile(original)) {
                throw new ModelRefused(AdmissionCheck.FILE, subject, List.of(original + " is no file"));
            }
            if (Files.size(original) > Budget.MAX_BYTES) { // before half a gigabyte is copied in vain
                throw tooLarge(subject);
            }
            try (InputStream in = Files.newInputStream(original)) {
                return of(in, subject);
            }
        } catch (NoSuchFileException e) {
            throw new ModelRefused(AdmissionCheck.FILE, subject, List.of("there is no file " + original));
        } catch (IOException e) {
            throw new ModelRefused(AdmissionCheck.FILE, subject, List.of("it cannot be copied: " + e));
        }
    }

    static PrivateCopy of(InputStream from, String subject) throws IOException, ModelRefused {
        Path folder = Files.createTempDirectory(PREFIX); // for the owner only
        if (!SWEPT.getAndSet(true)) {
            sweep(folder.resolveSibling("."), Instant.now());
        }
        try {
            return new PrivateCopy(folder, from, subject);
        } catch (IOException | ModelRefused | RuntimeException e) {
            delete(folder);
            throw e;
        }
    }

    Path file() {
        return file;
    }

    /** The folder, in which a process that works on the model may leave its own files. */
    Path folder() {
        return folder;
    }

    /** In lower-case hex. */
    String sha256() {
        return sha256;
    }

    /** In bytes. */
    long size() {
        return size;
    }

    @Override
    public void close() {
        try {
            delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes what processes left that were killed while they had a copy: no copy is needed for an hour. */
    static void sweep(Path temporary, Instant now) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (Path each : folders) {
                if (Files.getLastModifiedTime(each).toInstant().isBefore(now.minus(STALE))) {
                    delete(each);
                }
            }
        } catch (IOException e) {
            LOG.debug("old copies of models are not deleted: {}", e.toString()); // another user's, perhaps
        }
    }

    private static ModelRefused tooLarge(String subject) {
        return new ModelRefused(
                AdmissionCheck.FILE,
                subject,
                List.of("it has more than " + Budget.MAX_BYTES
                        + " bytes, which is as much as Limpid reads; make the model smaller"));
    }

    private static void delete(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> inside = Files.newDirectoryStream(path)) {
                for (Path each : inside) {
                    delete(each);
                }
            }
        }
        Files.deleteIfExists(path);
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
