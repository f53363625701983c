package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.demo.EmbeddedBroker;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.ModelStatus.Verdict;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The model feed while the broker goes away and comes back, on the same port and with its logs. */
@Timeout(120)
class BrokerLossTest {
    private static final long AWAY_MS = 1_000;

    @TempDir
    Path folder;

    @Test
    void models_come_on_after_a_broker_that_was_away_and_serve_on_meanwhile() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(Map.of("controlled.shutdown.enable", "true"));
                FeedRig rig = new FeedRig(broker.bootstrapServers(), "loss", folder)) {
            // Given
            FeedRig.Instance a = rig.instance("a");
            rig.publish(0, "1");
            a.awaitRunning("tiny:1");

            // When the broker goes, right after something was announced
            rig.publish(1, "2");
            broker.stop();
            CompletableFuture<FeedRig.Instance> late = CompletableFuture.supplyAsync(() -> rig.instance("late"));
            TimeUnit.MILLISECONDS.sleep(AWAY_MS);
            float served = halfOfTwo(a);
            broker.again();

            // Then
            a.awaitRunning("tiny:2");
            assertThat(served).isIn(1f, 2f); // by either
            assertThat(late.get(60, TimeUnit.SECONDS).fromTopic).isTrue();
            assertThat(late.get().running()).isEqualTo("tiny:2");

            // When it goes while nothing happens
            broker.stop();
            TimeUnit.MILLISECONDS.sleep(AWAY_MS);
            broker.again();
            rig.publish(0, "3");

            // Then
            a.awaitRunning("tiny:3");
            late.get().awaitRunning("tiny:3");
            assertThat(a.awaitVerdict(Verdict.IN_FORCE, "tiny:3@").inForce()).startsWith("tiny:3@");
            assertThat(a.follower.refusals()).isEmpty();
        }
    }

    /** What the model in force makes of 2: 1 if it halves, 2 if it gives back what it gets. */
    private static float halfOfTwo(FeedRig.Instance instance) throws Exception {
        WindowBatch batch = new WindowBatch(1, 1, 8);
        Reconstruction out = new Reconstruction(1, 1, 8);
        batch.x().put(batch.add() * 8, 2f);
        try (ModelSlot.Lease lease = instance.slot.lease()) {
            lease.denoiser().denoise(batch, 0, 1, out);
        }
        return out.clean().get(0);
    }
}
