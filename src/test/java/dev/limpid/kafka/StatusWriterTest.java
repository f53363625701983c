package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.codec.StatusLayout;
import dev.limpid.model.ModelStatus;
import dev.limpid.model.ModelStatus.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class StatusWriterTest {
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final AtomicLong nanos = new AtomicLong();
    private final StatusWriter statuses = new StatusWriter(producer, "status", Duration.ofSeconds(30), nanos::get);

    private void again() {
        nanos.addAndGet(Duration.ofSeconds(30).toNanos());
        statuses.again();
    }

    private static ModelStatus status(String instance, long sequence) {
        return new ModelStatus(
                "p", instance, "tiny", "tiny:1@0", 1, "tiny:1@0", Verdict.IN_FORCE, Optional.empty(), "", 1, sequence);
    }

    private List<String> written() {
        return producer.history().stream()
                .map(record -> StatusLayout.decode(record.value()))
                .map(status -> status.instance() + status.sequence())
                .toList();
    }

    @Test
    void what_a_broker_that_was_away_did_not_take_is_told_again_until_it_does() {
        // Given
        statuses.write(status("a", 1));
        statuses.write(status("b", 1));
        producer.completeNext();
        producer.errorNext(new TimeoutException("away"));

        // When
        again();
        producer.errorNext(new TimeoutException("away"));
        again();
        producer.completeNext();
        again();

        // Then
        assertThat(written()).containsExactly("a1", "b1", "b1", "b1");
    }

    @Test
    void what_is_out_of_date_is_not_told_again() {
        // Given
        statuses.write(status("a", 1));
        statuses.write(status("a", 2));
        producer.errorNext(new TimeoutException("away"));
        producer.completeNext();

        // When
        again();

        // Then
        assertThat(written()).containsExactly("a1", "a2");
    }

    @Test
    void what_others_have_to_tell_meanwhile_does_not_put_off_that_it_is_told_again() {
        // Given
        statuses.write(status("a", 1));
        producer.errorNext(new TimeoutException("away"));

        // When another is told every 10 s, as a shadow is
        for (int i = 1; i <= 3; i++) {
            nanos.addAndGet(Duration.ofSeconds(10).toNanos());
            statuses.write(status("b", i));
            producer.completeNext();
            statuses.again();
        }

        // Then
        assertThat(written()).containsExactly("a1", "b1", "b2", "b3", "a1");
    }
}
