package dev.limpid.service;

import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.Vocabulary;
import dev.limpid.model.WindowBatch;
import dev.limpid.signal.Kind;
import dev.limpid.train.tokens.Sessions;
import dev.limpid.train.tokens.TokenWindows;
import java.util.function.IntPredicate;

/**
 * How surprised a model of tokens is by sessions: of each the mean negative log-likelihood of its tokens, in nats, each judged by its context
 * only, which is what the model's output {@code error} says. A model takes them by its own vocabulary; what it does not know costs what its
 * graph says of unknown tokens, and what is known to be missing costs nothing.
 *
 * @param length tokens of a window
 * @param hop tokens from one window's start to the next
 * @param capacity windows per batch
 */
record SessionJudge(Sessions sessions, int length, int hop, int capacity) {
    /**
     * One value per session.
     *
     * @param model stays open
     * @throws IllegalStateException if the model says nothing of single tokens, or fails
     */
    double[] surprise(Denoiser model) {
        return surprise(model, id -> id >= Kind.Tokens.UNKNOWN);
    }

    /** The same of those tokens alone that both it and {@code other} know. */
    double[] surprise(Denoiser model, Vocabulary other) {
        Vocabulary own = model.spec().vocabulary();
        return surprise(model, id -> id >= Kind.Tokens.FIRST && other.id(own.token(id)) != Kind.Tokens.UNKNOWN);
    }

    private double[] surprise(Denoiser model, IntPredicate counts) {
        ModelSpec spec = model.spec();
        if (!spec.error()) {
            throw new IllegalStateException("model " + spec.id()
                    + " cannot be judged: it has no output 'error', which says how surprising a token is");
        }
        TokenWindows windows = new TokenWindows(sessions.in(spec.vocabulary()), length, hop);
        double[] sums = new double[sessions.size()];
        long[] tokens = new long[sessions.size()];
        WindowBatch batch = new WindowBatch(capacity, 1, length);
        Reconstruction out = new Reconstruction(capacity, 1, length);
        for (int from = 0; from < windows.size(); from += capacity) {
            int to = Math.min(windows.size(), from + capacity);
            run(model, windows, from, to, batch, out);
            for (int window = from; window < to; window++) {
                int[] ids = windows.at(window);
                for (int i = 0; i < length; i++) {
                    if (counts.test(ids[i])) {
                        sums[windows.session(window)] += out.error().get((window - from) * length + i);
                        tokens[windows.session(window)]++;
                    }
                }
            }
        }
        for (int session = 0; session < sums.length; session++) {
            sums[session] /= Math.max(1, tokens[session]);
        }
        return sums;
    }

    private void run(Denoiser model, TokenWindows windows, int from, int to, WindowBatch batch, Reconstruction out) {
        batch.clear();
        for (int window = from; window < to; window++) {
            int at = batch.add() * length;
            int[] ids = windows.at(window);
            for (int i = 0; i < length; i++) {
                batch.x().put(at + i, ids[i]);
                batch.observed().put(at + i, ids[i] == Kind.Tokens.PADDING ? 0 : 1);
            }
        }
        try {
            model.denoise(batch, 0, batch.size(), out);
        } catch (DenoiserException e) {
            throw new IllegalStateException("model " + model.spec().id() + " cannot be judged: " + e.getMessage(), e);
        }
    }
}
