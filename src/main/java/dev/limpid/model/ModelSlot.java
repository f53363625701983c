package dev.limpid.model;

import org.jspecify.annotations.Nullable;

/**
 * Where the model in force stands. A batch takes a {@link Lease}, runs, and gives it back; {@link #install} puts a new
 * model in for the next lease, and the last lease of the old one closes it. So no model is ever closed while a thread is
 * inside it, which ONNX Runtime answers with a SIGSEGV. Thread-safe.
 */
public final class ModelSlot implements AutoCloseable {
    private Holder holder;
    /** Stays open for a roll-back while the model in force is on trial. */
    private @Nullable Holder previous;

    /** @param first the model in force from the start; owned and closed by the slot */
    public ModelSlot(Denoiser first) {
        this.holder = new Holder(first);
    }

    /** The right to run the model that is in force now; to be closed. */
    public synchronized Lease lease() {
        holder.leases++;
        return new Lease(this, holder);
    }

    /** Puts {@code next} in force for the next lease; the slot owns it from now on. */
    public synchronized void install(Denoiser next) {
        installOnTrial(next);
        retirePrevious();
    }

    /** The same, but the model before stays open until {@link #settle}, {@link #rollBack} or the next installation. */
    public synchronized void installOnTrial(Denoiser next) {
        retirePrevious();
        previous = holder;
        holder = new Holder(next);
    }

    /**
     * {@code model} stays in force, if it still is: the model before it is closed.
     *
     * @return whether there was one
     */
    public synchronized boolean settle(Denoiser model) {
        boolean settled = holder.denoiser == model && previous != null;
        if (settled) {
            retirePrevious();
        }
        return settled;
    }

    /** Puts the model that was in force before {@code model} in force again, if there is one that is still open. */
    public synchronized RollBack rollBack(Denoiser model) {
        if (holder.denoiser != model) {
            return RollBack.NOT_IN_FORCE;
        }
        Holder back = previous;
        if (back == null) {
            return RollBack.NOTHING_BEFORE;
        }
        Holder old = holder;
        holder = back;
        previous = null;
        retire(old);
        return RollBack.DONE;
    }

    /** What came of a roll-back. */
    public enum RollBack {
        DONE,
        /** The model is in force from the start, or its trial was over. */
        NOTHING_BEFORE,
        /** Another model has taken over meanwhile. */
        NOT_IN_FORCE
    }

    /** The spec of the model in force. */
    public synchronized ModelSpec spec() {
        return holder.denoiser.spec();
    }

    /** Closes the model in force once its last lease is given back; no lease may be taken afterwards. */
    @Override
    public synchronized void close() {
        retirePrevious();
        retire(holder);
    }

    private void retirePrevious() {
        Holder old = previous;
        previous = null;
        if (old != null) {
            retire(old);
        }
    }

    private static void retire(Holder old) {
        old.retired = true;
        closeIfUnused(old);
    }

    private static void closeIfUnused(Holder old) {
        if (old.retired && old.leases == 0 && !old.closed) {
            old.closed = true;
            old.denoiser.close();
        }
    }

    private synchronized void giveBack(Holder of) {
        of.leases--;
        closeIfUnused(of);
    }

    private static final class Holder {
        final Denoiser denoiser;
        int leases;
        boolean retired;
        boolean closed;

        Holder(Denoiser denoiser) {
            this.denoiser = denoiser;
        }
    }

    /** One batch's hold on a model. Confined to one thread; closing it twice counts once. */
    public static final class Lease implements AutoCloseable {
        private final ModelSlot slot;
        private final Holder holder;
        private boolean closed;

        private Lease(ModelSlot slot, Holder holder) {
            this.slot = slot;
            this.holder = holder;
        }

        public Denoiser denoiser() {
            return holder.denoiser;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                slot.giveBack(holder);
            }
        }
    }
}
