package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.definition.Definition;
import dev.limpid.definition.Definition.Format;
import dev.limpid.definition.Definition.SeriesBy;
import dev.limpid.pipeline.Granularity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class StreamsPropertiesTest {
    private final List<String> problems = new ArrayList<>();

    private Properties properties(Map<String, String> kafka) {
        Definition definition =
                Definitions.of(Format.F32, Granularity.RECORD, SeriesBy.KEY, Definitions.WINDOW, kafka, "lead");
        return StreamsProperties.of(definition, "host-1", problems);
    }

    @Test
    void the_default_is_exactly_once_with_a_static_member_and_a_failing_handler() {
        Properties p = properties(Map.of("bootstrap.servers", "b:1"));

        assertThat(problems).isEmpty();
        assertThat(p)
                .containsEntry("processing.guarantee", "exactly_once_v2")
                .containsEntry("application.id", "test")
                .containsEntry("group.instance.id", "test-host-1")
                .containsEntry(
                        "processing.exception.handler",
                        "org.apache.kafka.streams.errors.LogAndFailProcessingExceptionHandler");
    }

    @Test
    void any_property_passes_through_and_secrets_are_masked_when_printed() {
        Properties p = properties(Map.of(
                "bootstrap.servers", "b:1",
                "security.protocol", "SASL_SSL",
                "sasl.jaas.config", "PlainLoginModule required password=\"hush\";",
                "ssl.truststore.password", "hush",
                "producer.compression.type", "lz4"));

        assertThat(p)
                .containsEntry("producer.compression.type", "lz4")
                .containsEntry("ssl.truststore.password", "hush");
        assertThat(StreamsProperties.printable(p))
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.jaas.config", "********")
                .containsEntry("ssl.truststore.password", "********")
                .doesNotContainValue("hush");
    }

    @Test
    void what_would_lose_records_is_refused_and_all_of_it_at_once() {
        properties(Map.of(
                "statestore.cache.max.bytes", "1000",
                "topology.optimization", "all",
                "processing.exception.handler",
                        "org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler",
                "default.production.exception.handler", "x.Y"));

        assertThat(problems)
                .hasSize(5)
                .anyMatch(problem -> problem.startsWith("kafka.bootstrap.servers is missing"))
                .anyMatch(problem -> problem.startsWith("kafka.statestore.cache.max.bytes is 1000"))
                .anyMatch(problem -> problem.startsWith("kafka.topology.optimization is all"))
                .anyMatch(problem -> problem.startsWith("kafka.processing.exception.handler is"))
                .anyMatch(problem -> problem.startsWith("kafka.default.production.exception.handler must not be set"));
    }

    @Test
    void requests_that_hold_no_record_and_commits_that_outlast_their_transaction_are_refused() {
        properties(Map.of(
                "bootstrap.servers", "b:1",
                "producer.max.request.size", "524287",
                "max.request.size", "1000",
                "commit.interval.ms", "2000",
                "producer.transaction.timeout.ms", "6000"));

        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "kafka.producer.max.request.size is 524287, needs at least 524288: a smaller one refuses records"
                                + " and state that the topics hold",
                        "kafka.max.request.size is 1000, needs at least 524288: a smaller one refuses records"
                                + " and state that the topics hold",
                        "kafka.commit.interval.ms is 2000, needs less than 2000, a third of transaction.timeout.ms=6000:"
                                + " a commit that comes later may find its transaction aborted; raise"
                                + " kafka.producer.transaction.timeout.ms with it");
    }

    @Test
    void the_least_request_and_the_latest_commit_are_taken() {
        properties(Map.of(
                "bootstrap.servers", "b:1",
                "producer.max.request.size", "524288",
                "commit.interval.ms", "1999",
                "producer.transaction.timeout.ms", "6000"));

        assertThat(problems).isEmpty();
    }

    @Test
    void a_batch_fits_a_third_of_the_transaction_timeout() {
        assertThat(BatchBudget.windows(4, 5_000_000, 10_000)).isEqualTo(166);
        assertThat(BatchBudget.windows(1, 4_000_000_000L, 10_000)).isZero();
    }
}
