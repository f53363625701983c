package dev.limpid.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The lines of a CSV file of frames, plain or {@code .gz}; empty ones are left out. Confined to one thread; to be closed. */
final class FrameRows implements AutoCloseable {
    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    FrameRows(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        this.in = file.toString().endsWith(".gz")
                ? new BufferedInputStream(new GZIPInputStream(raw, 1 << 16), 1 << 16)
                : raw;
    }

    /** The next line, without its end; null if there is none. */
    byte @Nullable [] next() throws IOException {
        int next = 0;
        while (next >= 0) {
            line.reset();
            for (next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                if (next != '\r') {
                    line.write(next);
                }
            }
            if (line.size() > 0) {
                return line.toByteArray();
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
