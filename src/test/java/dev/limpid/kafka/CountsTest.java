package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.definition.Definition;
import dev.limpid.definition.Definition.Format;
import dev.limpid.definition.Definition.SeriesBy;
import dev.limpid.model.ModelSlot;
import dev.limpid.pipeline.Granularity;
import dev.limpid.pipeline.Tally;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class CountsTest {
    private static final long NOW_MS = 1_700_000_000_000L;
    private final Definition definition = Definitions.of(Format.F32, Granularity.RECORD, SeriesBy.KEY, "lead");
    private final ModelSlot slot = new ModelSlot(new HalvingDenoiser(Definitions.WINDOW.length(), 1));
    private final Counts counts = new Counts();

    private Task task() {
        return new Task(new Wiring(definition, slot, 16, Limits.DEFAULT, input -> false, counts), 0, new MapStore());
    }

    private static void send(Task task, int samples) {
        for (int i = 0; i < samples; i++) {
            long timeMs = NOW_MS + 10L * i;
            task.accept(new ConsumerRecord<>("raw", 0, i, null, TestTopology.f32(i)), timeMs, timeMs);
        }
        task.flush(NOW_MS);
    }

    @Test
    void what_a_closed_task_did_stays_in_the_sums_and_its_tally_is_let_go() {
        // Given
        Task closed = task();
        Task open = task();
        send(closed, 20);
        send(open, 9);
        long windows = counts.sum(Tally::windows);
        long pending = counts.pending();

        // When
        closed.close();
        closed.close();
        send(closed, 5); // nobody does: it shows that nobody looks at it any more

        // Then
        assertThat(counts.sum(Tally::accepted)).isEqualTo(29);
        assertThat(counts.sum(Tally::windows)).isEqualTo(windows).isEqualTo(4 + 1);
        assertThat(counts.sum(Tally::pending)).isEqualTo(pending);
        assertThat(counts.pending()).isEqualTo(5).isLessThan(pending);
    }
}
