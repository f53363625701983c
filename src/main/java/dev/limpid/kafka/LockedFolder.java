package dev.limpid.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A folder that no other process has: whoever begins in one removes what others have half fetched. It is kept for the next who begins; one who
 * finds it taken gets another, {@code NAME-2} and so on. The lock is a file beside it and ends with its process.
 */
final class LockedFolder implements AutoCloseable {
    private static final int MOST = 100;

    private final Path path;
    private final FileChannel lock;

    private LockedFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** @throws UncheckedIOException if its parent cannot be written to, or all are taken */
    static LockedFolder of(Path path) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            for (int number = 1; number <= MOST; number++) {
                Path folder = number == 1 ? path : path.resolveSibling(path.getFileName() + "-" + number);
                FileChannel channel = FileChannel.open(
                        folder.resolveSibling(folder.getFileName() + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                if (locked(channel)) {
                    return new LockedFolder(folder, channel);
                }
                channel.close();
            }
            throw new IOException(MOST + " trainers have one; has each of them its own state.dir?");
        } catch (IOException e) {
            throw new UncheckedIOException("no folder " + path + " can be had: " + e.getMessage(), e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // of this very process
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
