package dev.limpid.onnx;

import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Outputs;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * One thread that owns a model and runs the batches of all others, joining those that wait. For CUDA: there one session under
 * many threads grows by gigabytes, and one big run costs less than many small ones. Callers wait for their answer. If a
 * joined run fails, each of its batches is run on its own, so that a caller hears only of its own faults. What else is thrown
 * reaches the callers whose windows were in the run, an error as it is; the thread goes on.
 *
 * <p>ONNX Runtime's convolutions on CUDA plan anew whenever a run has another size than the one before. So runs keep one size, a
 * power of two, and are filled up with windows that nobody asked for; it grows at once, and shrinks to what the last
 * {@value #PERIOD} runs needed.
 */
final class JoiningDenoiser implements Denoiser {
    /** Windows per joined run: the throughput of a GPU no longer grows much beyond. */
    static final int CAPACITY = 1024;

    /** Runs after which the size is looked at again. */
    static final int PERIOD = 64;

    private final Denoiser inner;
    private final LinkedBlockingQueue<Request> waiting = new LinkedBlockingQueue<>();
    private final WindowBatch joined;
    private final Reconstruction answer;
    private final Thread thread;
    private volatile boolean closing;
    private int runSize = 1;
    private int greatest = 1;
    private int runs;

    /** @param inner owned and closed by this object */
    JoiningDenoiser(Denoiser inner) {
        int channels = inner.spec().channels().size();
        this.inner = inner;
        this.joined = new WindowBatch(CAPACITY, channels, inner.spec().length());
        this.answer = new Reconstruction(CAPACITY, channels, inner.spec().length());
        this.thread = new Thread(this::serve, "limpid-inference");
        thread.setDaemon(true);
        thread.start();
    }

    /** A caller's batch and what became of it; written by the inference thread before {@code done}. */
    private static final class Request {
        final WindowBatch batch;
        final int from;
        final int to;
        final Reconstruction out;
        final CountDownLatch done = new CountDownLatch(1);
        volatile @Nullable Throwable failure;

        Request(WindowBatch batch, int from, int to, Reconstruction out) {
            this.batch = batch;
            this.from = from;
            this.to = to;
            this.out = out;
        }

        int windows() {
            return to - from;
        }
    }

    @Override
    public ModelSpec spec() {
        return inner.spec();
    }

    @Override
    public void denoise(WindowBatch batch, int from, int to, Reconstruction out) throws DenoiserException {
        if (closing) {
            throw new IllegalStateException("model " + spec().id() + " is closed");
        }
        if (from == to) {
            return;
        }
        Request request = new Request(batch, from, to, out);
        waiting.add(request);
        awaitUninterruptibly(request.done);
        Throwable failure = request.failure;
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof DenoiserException) {
            throw new DenoiserException(String.valueOf(failure.getMessage()), failure);
        }
        if (failure != null) {
            throw new DenoiserException("inference failed: " + failure, failure);
        }
    }

    @Override
    public boolean joins() {
        return true;
    }

    /** Batches that wait for the run in progress to end. */
    int waiting() {
        return waiting.size();
    }

    /** The inference thread writes into the caller's buffers, so the caller cannot leave earlier. */
    private static void awaitUninterruptibly(CountDownLatch done) {
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() {
        // with room for all that a round can hold: nothing is allocated where memory may be what failed
        ArrayList<Request> round = new ArrayList<>(CAPACITY);
        while (!closing) {
            try {
                collect(round);
                run(round);
            } catch (InterruptedException e) {
                // closing says whether to go on
            } catch (Throwable e) {
                for (int i = 0; i < round.size(); i++) {
                    round.get(i).failure = e;
                }
            }
            for (int i = 0; i < round.size(); i++) {
                round.get(i).done.countDown();
            }
            round.clear();
        }
    }

    private void collect(List<Request> round) throws InterruptedException {
        Request first = waiting.take();
        round.add(first);
        int windows = first.windows();
        Request next = waiting.peek();
        while (next != null && windows + next.windows() <= CAPACITY) {
            waiting.remove();
            round.add(next);
            windows += next.windows();
            next = waiting.peek();
        }
    }

    private void run(List<Request> round) {
        int windows = round.stream().mapToInt(Request::windows).sum();
        if (windows <= CAPACITY) {
            try {
                runJoined(round, sizeFor(windows));
                return;
            } catch (DenoiserException e) {
                // one of them is at fault: each on its own
                forget(windows);
            } catch (RuntimeException | Error e) {
                forget(windows);
                throw e;
            }
        }
        for (Request request : round) {
            try {
                inner.denoise(request.batch, request.from, request.to, request.out);
            } catch (Throwable e) {
                request.failure = e;
            }
        }
    }

    /** What failed fills no later run. In place: a new batch of large frames may be more memory than there is. */
    private void forget(int windows) {
        for (int i = 0; i < windows * joined.windowSize(); i++) {
            joined.x().put(i, 0f);
            joined.observed().put(i, 0f);
        }
    }

    /** Windows that a run for so many is to have. */
    private int sizeFor(int windows) {
        int least = Integer.highestOneBit(2 * windows - 1);
        greatest = Math.max(greatest, least);
        runs++;
        if (greatest > runSize || runs == PERIOD) {
            runSize = greatest;
            greatest = least;
            runs = 0;
        }
        return runSize;
    }

    /** @param windows of the run; behind the round's are what earlier runs left */
    private void runJoined(List<Request> round, int windows) throws DenoiserException {
        int size = joined.windowSize();
        int at = 0;
        for (Request request : round) {
            copy(request.batch.x(), request.from * size, joined.x(), at * size, request.windows() * size);
            copy(request.batch.observed(), request.from * size, joined.observed(), at * size, request.windows() * size);
            at += request.windows();
        }
        inner.denoise(joined, 0, windows, answer);
        at = 0;
        for (Request request : round) {
            copy(answer.clean(), at * size, request.out.clean(), request.from * size, request.windows() * size);
            if (spec().error()) {
                copy(answer.error(), at * size, request.out.error(), request.from * size, request.windows() * size);
            }
            others(request, at, size);
            at += request.windows();
        }
    }

    private void others(Request request, int at, int size) {
        Outputs outputs = spec().outputs();
        int count = request.windows();
        Reconstruction out = request.out;
        if (outputs.confidence()) {
            copy(answer.confidence(), at * size, out.confidence(), request.from * size, count * size);
        }
        if (outputs.missingBefore()) {
            copy(answer.missingBefore(), at * size, out.missingBefore(), request.from * size, count * size);
        }
        if (outputs.missingCount()) {
            out.missingCount().put(request.from * size, answer.missingCount(), at * size, count * size);
        }
        if (outputs.score()) {
            copy(answer.score(), at, out.score(), request.from, count);
        }
        if (outputs.reason()) {
            out.reason().put(request.from, answer.reason(), at, count);
        }
        if (outputs.contribution()) {
            copy(answer.contribution(), at * size, out.contribution(), request.from * size, count * size);
        }
        int width = outputs.embedding();
        if (width > 0) {
            copy(answer.embedding(width), at * width, out.embedding(width), request.from * width, count * width);
        }
    }

    private static void copy(FloatBuffer source, int from, FloatBuffer target, int to, int count) {
        target.put(to, source, from, count);
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        inner.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
