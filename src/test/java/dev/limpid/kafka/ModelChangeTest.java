package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.limpid.model.TopicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Changes by a producer whose broker loses transactions. */
class ModelChangeTest {
    private static final TopicKey KEY = new TopicKey.OfPointer("tiny");

    private final List<MockProducer<byte[], byte[]>> producers = new ArrayList<>();

    @Test
    void a_transaction_that_the_broker_has_lost_is_made_anew() {
        // When
        String made = ModelChange.make(() -> change(producers.size() < 2 ? lost() : null), this::sent);

        // Then
        assertThat(made).isEqualTo("sent");
        assertThat(producers).hasSize(3).allMatch(MockProducer::closed);
        assertThat(producers.get(2).history()).hasSize(1);
        assertThat(producers.get(2).transactionCommitted()).isTrue();
        assertThat(producers.subList(0, 2)).noneMatch(MockProducer::transactionCommitted);
    }

    @Test
    void a_broker_that_loses_every_transaction_is_given_up() {
        assertThatThrownBy(() -> ModelChange.make(() -> change(lost()), this::sent))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nothing was announced of tiny");
        assertThat(producers).hasSize(4);
    }

    @Test
    void a_change_that_another_overtook_is_not_repeated() {
        assertThatThrownBy(() -> ModelChange.make(() -> change(new ProducerFencedException("fenced")), this::sent))
                .hasMessageContaining("another change of it began meanwhile");
        assertThat(producers).hasSize(1);
    }

    @Test
    void what_a_failed_step_sent_is_taken_back() {
        assertThatThrownBy(() -> ModelChange.make(() -> change(null), change -> {
                    change.send(KEY, new byte[1]);
                    throw new IllegalArgumentException("no such version");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(producers).hasSize(1).allMatch(MockProducer::transactionAborted);
    }

    private String sent(ModelChange change) {
        change.send(KEY, new byte[1]);
        return "sent";
    }

    /** As the producer has it: what the broker answered is the cause. */
    private static KafkaException lost() {
        return new KafkaException("in an error state", new InvalidTxnStateException("lost"));
    }

    private ModelChange change(@Nullable RuntimeException refusal) {
        MockProducer<byte[], byte[]> producer =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        producer.commitTransactionException = refusal;
        producers.add(producer);
        ModelBoard board = new ModelBoard(new Catalogue(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        return new ModelChange(ModelTopics.DEFAULT, "tiny", producer, board, 1_000);
    }
}
