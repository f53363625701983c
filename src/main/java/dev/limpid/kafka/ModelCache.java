package dev.limpid.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Model files on this host, each alone in a folder that is named by its digest, and the last pointer that was taken. Folders and files
 * are their owner's only. Confined to one thread; other processes may share the folder.
 */
final class ModelCache {
    private static final String FILE = "model.onnx";
    private static final String PARTIAL = "partial-";
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path folder;

    /** @throws UncheckedIOException if the folder cannot be made */
    ModelCache(Path folder) {
        this.folder = folder;
        try {
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder, PRIVATE_FOLDER);
            }
            try (Stream<Path> left = Files.list(folder)) {
                left.filter(path -> name(path).startsWith(PARTIAL)).forEach(ModelCache::delete);
            }
        } catch (FileAlreadyExistsException e) {
            // another process made it meanwhile
        } catch (IOException e) {
            throw new UncheckedIOException("models cannot be kept in " + folder + ": " + e.getMessage(), e);
        }
    }

    /** The file of that digest, if it is there; who opens it checks the digest again. */
    Optional<Path> file(String sha256) {
        Path file = folder.resolve(sha256).resolve(FILE);
        return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
    }

    /** The path of a file to be written, in a new folder. */
    Path partial() throws IOException {
        return Files.createTempDirectory(folder, PARTIAL, PRIVATE_FOLDER).resolve(FILE);
    }

    /** Moves a file that was written to {@link #partial} where {@link #file} finds it. */
    Path keep(Path partial, String sha256) throws IOException {
        Path target = folder.resolve(sha256);
        Path from = partial.toAbsolutePath().getParent();
        if (from == null) {
            throw new IllegalArgumentException(partial + " has no folder");
        }
        delete(target);
        Files.move(from, target, StandardCopyOption.ATOMIC_MOVE);
        return target.resolve(FILE);
    }

    /** Deletes a file that was written to {@link #partial}, and its folder. */
    void drop(Path partial) {
        Path from = partial.toAbsolutePath().getParent();
        if (from != null) {
            delete(from);
        }
    }

    /** Deletes the files of all other digests. */
    void retain(Set<String> digests) {
        try (Stream<Path> paths = Files.list(folder)) {
            List<Path> others = paths.filter(path -> name(path).length() == 64 && !digests.contains(name(path)))
                    .toList();
            others.forEach(ModelCache::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last pointer that was taken under that name. */
    Optional<byte[]> pointer(String key) {
        try {
            Path file = folder.resolve(pointerFile(key));
            return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void keepPointer(String key, byte[] pointer) throws IOException {
        Path partial = Files.createTempFile(folder, PARTIAL, "", PRIVATE_FILE);
        Files.write(partial, pointer);
        Files.move(
                partial,
                folder.resolve(pointerFile(key)),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static String pointerFile(String key) {
        return "pointer-" + key.replaceAll("[^A-Za-z0-9._-]", "_") + ".json";
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static void delete(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
