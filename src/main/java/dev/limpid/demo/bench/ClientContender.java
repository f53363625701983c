package dev.limpid.demo.bench;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A contender that is one thread with a plain consumer and producer. */
final class ClientContender implements Contender {
    /** The thread's body: works as long as {@code running} says so, then commits and returns. */
    interface Body {
        void run(AtomicBoolean running) throws Exception;
    }

    private final AtomicBoolean running = new AtomicBoolean(true);
    private final Thread thread;
    private volatile @Nullable Throwable failure;

    ClientContender(Body body) {
        this.thread = new Thread(() -> attempt(body), "bench-contender");
    }

    private void attempt(Body body) {
        try {
            body.run(running);
        } catch (Throwable e) {
            failure = e;
        }
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public boolean ready() {
        return thread.isAlive();
    }

    @Override
    public @Nullable Throwable failure() {
        return failure;
    }

    @Override
    public void stop() throws InterruptedException {
        running.set(false);
        thread.join();
    }
}
