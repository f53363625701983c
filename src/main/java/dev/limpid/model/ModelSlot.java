package dev.limpid.model;

/**
 * Where the model in force stands. A batch takes a {@link Lease}, runs, and gives it back; {@link #install} puts a new
 * model in for the next lease, and the last lease of the old one closes it. So no model is ever closed while a thread is
 * inside it, which ONNX Runtime answers with a SIGSEGV. Thread-safe.
 */
public final class ModelSlot implements AutoCloseable {
    private Holder holder;

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
        Holder old = holder;
        holder = new Holder(next);
        retire(old);
    }

    /** The spec of the model in force. */
    public synchronized ModelSpec spec() {
        return holder.denoiser.spec();
    }

    /** Closes the model in force once its last lease is given back; no lease may be taken afterwards. */
    @Override
    public synchronized void close() {
        retire(holder);
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
