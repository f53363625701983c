package dev.limpid.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ModelSlotTest {
    /** Notices being used after it is closed, being closed while in use, and being closed twice. */
    private static final class Watched implements Denoiser {
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();
        private final AtomicBoolean wrong = new AtomicBoolean();

        @Override
        public ModelSpec spec() {
            return FakeDenoiser.spec("watched", "1", 1, 1, true);
        }

        @Override
        public void denoise(WindowBatch batch, int from, int to, Reconstruction out) {
            inside.incrementAndGet();
            wrong.compareAndSet(false, closed.get() > 0);
            Thread.onSpinWait();
            wrong.compareAndSet(false, closed.get() > 0);
            inside.decrementAndGet();
        }

        @Override
        public void close() {
            wrong.compareAndSet(false, closed.incrementAndGet() > 1 || inside.get() > 0);
        }
    }

    @Test
    void a_swap_never_closes_a_leased_model() {
        // Given
        Watched first = new Watched();
        Watched second = new Watched();
        ModelSlot slot = new ModelSlot(first);
        ModelSlot.Lease one = slot.lease();
        ModelSlot.Lease two = slot.lease();

        // When
        slot.install(second);

        // Then: the last lease closes it, once
        one.close();
        one.close();
        assertThat(first.closed).hasValue(0);
        two.close();
        assertThat(first.closed).hasValue(1);
        try (ModelSlot.Lease next = slot.lease()) {
            assertThat(next.denoiser()).isSameAs(second);
        }
        slot.close();
        assertThat(second.closed).hasValue(1);
    }

    @Test
    void the_model_before_stays_open_until_the_trial_is_over() {
        // Given
        Watched first = new Watched();
        Watched second = new Watched();
        Watched third = new Watched();
        ModelSlot slot = new ModelSlot(first);

        // When
        slot.installOnTrial(second);
        assertThat(first.closed).hasValue(0);
        slot.installOnTrial(third);

        // Then: only the one before the newest
        assertThat(first.closed).hasValue(1);
        assertThat(second.closed).hasValue(0);
        assertThat(slot.settle(second)).isFalse();
        assertThat(slot.settle(third)).isTrue();
        assertThat(second.closed).hasValue(1);
        assertThat(slot.rollBack(third)).isEqualTo(ModelSlot.RollBack.NOTHING_BEFORE);
        slot.close();
        assertThat(third.closed).hasValue(1);
    }

    @Test
    void a_roll_back_takes_effect_with_the_next_lease_and_closes_the_other_with_its_last() {
        // Given
        Watched first = new Watched();
        Watched second = new Watched();
        ModelSlot slot = new ModelSlot(first);
        slot.installOnTrial(second);
        ModelSlot.Lease lease = slot.lease();

        // When
        ModelSlot.RollBack done = slot.rollBack(second);

        // Then
        assertThat(done).isEqualTo(ModelSlot.RollBack.DONE);
        assertThat(second.closed).hasValue(0);
        lease.close();
        assertThat(second.closed).hasValue(1);
        try (ModelSlot.Lease next = slot.lease()) {
            assertThat(next.denoiser()).isSameAs(first);
        }
        assertThat(slot.rollBack(second)).isEqualTo(ModelSlot.RollBack.NOT_IN_FORCE);
        slot.close();
        assertThat(first.closed).hasValue(1);
    }

    @Test
    void under_many_threads_every_model_is_closed_once_and_never_while_in_use() throws Exception {
        // Given
        List<Watched> models = new ArrayList<>(List.of(new Watched()));
        ModelSlot slot = new ModelSlot(models.get(0));
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> users = new ArrayList<>();
        WindowBatch batch = new WindowBatch(1, 1, 1);
        for (int i = 0; i < 4; i++) {
            users.add(threads.submit(() -> {
                Reconstruction out = new Reconstruction(1, 1, 1);
                while (!done.get()) {
                    try (ModelSlot.Lease lease = slot.lease()) {
                        lease.denoiser().denoise(batch, 0, 0, out);
                    }
                }
                return null;
            }));
        }

        // When
        for (int i = 0; i < 2000; i++) {
            Watched next = new Watched();
            models.add(next);
            if (i % 3 == 0) {
                slot.install(next);
            } else {
                slot.installOnTrial(next);
                if (i % 3 == 1) {
                    slot.rollBack(next);
                }
            }
        }
        done.set(true);
        for (Future<?> user : users) {
            user.get();
        }
        threads.shutdown();
        slot.close();

        // Then
        assertThat(models).allSatisfy(model -> {
            assertThat(model.wrong).isFalse();
            assertThat(model.closed).hasValue(1);
        });
    }
}
