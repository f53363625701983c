package dev.limpid.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder that is deleted with all it holds when it is closed, and when the process is told to end. */
record Workplace(Path folder, Thread hook) implements AutoCloseable {
    static Workplace open() {
        try {
            Path folder = Files.createTempDirectory("limpid-demo");
            Thread hook = new Thread(() -> delete(folder));
            Runtime.getRuntime().addShutdownHook(hook);
            return new Workplace(folder, hook);
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder: " + e.getMessage(), e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            // gone already
        } catch (IOException | UncheckedIOException e) {
            // it lies among temporary files; a topology that still writes there may win
        }
    }

    @Override
    public void close() {
        delete(folder);
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}
