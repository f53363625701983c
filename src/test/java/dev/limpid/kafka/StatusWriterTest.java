package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.codec.StatusLayout;
import dev.limpid.model.ModelStatus;
import dev.limpid.model.ModelStatus.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class StatusWriterTest {
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final StatusWriter statuses = new StatusWriter(producer, "status", Duration.ZERO);

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
        statuses.again();
        producer.errorNext(new TimeoutException("away"));
        statuses.again();
        producer.completeNext();
        statuses.again();

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
        statuses.again();

        // Then
        assertThat(written()).containsExactly("a1", "a2");
    }
}
