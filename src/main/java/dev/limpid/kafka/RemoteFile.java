package dev.limpid.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file elsewhere, read on a thread of its own, because nothing bounds how long a read may block. Whoever waits for its bytes waits no
 * longer than it says for the next ones, and no longer than it says for all. Confined to one thread, but for the reading one.
 */
final class RemoteFile implements AutoCloseable {
    private static final int PIECE_BYTES = 64 << 10;
    private static final int AHEAD = 4;
    private static final ByteBuffer END = ByteBuffer.allocate(0);

    private final InputStream in;
    private final Duration stalled;
    private final Duration most;
    private final long startNanos = System.nanoTime();
    private final BlockingQueue<ByteBuffer> pieces = new ArrayBlockingQueue<>(AHEAD);
    private final Thread thread;
    private volatile @Nullable IOException failure;

    /**
     * Begins to read.
     *
     * @param in closed with this
     * @param stalled how long to wait for the next bytes
     * @param most how long to wait for all
     */
    RemoteFile(InputStream in, Duration stalled, Duration most) {
        this.in = in;
        this.stalled = stalled;
        this.most = most;
        this.thread = new Thread(this::read, "limpid-reference");
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        try {
            try {
                readAll();
            } catch (IOException e) {
                failure = e;
            } catch (RuntimeException e) {
                failure = new IOException(e);
            }
            pieces.put(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed: nobody waits
        }
    }

    private void readAll() throws IOException, InterruptedException {
        byte[] buffer = new byte[PIECE_BYTES];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (read > 0) {
                pieces.put(ByteBuffer.wrap(Arrays.copyOf(buffer, read)));
            }
        }
    }

    /**
     * The next bytes, at least one; an empty buffer at the end.
     *
     * @throws IOException if it cannot be read, or not in time
     */
    ByteBuffer next() throws IOException {
        long leftNanos = most.toNanos() - (System.nanoTime() - startNanos);
        ByteBuffer piece;
        try {
            piece = pieces.poll(Math.min(stalled.toNanos(), leftNanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (piece == null) {
            throw new IOException(
                    stalled.toNanos() < leftNanos
                            ? "nothing more came for " + stalled.toMillis() + " ms"
                            : "it did not come within " + most.toMillis() + " ms");
        }
        IOException failed = failure;
        if (!piece.hasRemaining() && failed != null) {
            throw failed;
        }
        return piece;
    }

    /** Ends the reading; a read that cannot be ended goes on alone and has no effect. */
    @Override
    public void close() throws IOException {
        thread.interrupt();
        in.close();
    }
}
