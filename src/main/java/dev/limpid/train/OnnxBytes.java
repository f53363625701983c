package dev.limpid.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** An ONNX file in memory; immutable. */
public final class OnnxBytes {
    private final byte[] bytes;

    /** Takes {@code bytes} without a copy; the caller gives them away. */
    OnnxBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    public int size() {
        return bytes.length;
    }

    public byte[] toArray() {
        return bytes.clone();
    }

    /** Writes the file beside its place, then moves it there, so that nobody ever reads half a model. */
    public void write(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Path partial = absolute.resolveSibling(absolute.getFileName() + ".partial");
        Files.write(partial, bytes);
        Files.move(partial, absolute, StandardCopyOption.REPLACE_EXISTING);
    }
}
