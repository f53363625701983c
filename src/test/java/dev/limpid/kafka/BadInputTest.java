package dev.limpid.kafka;

import static dev.limpid.kafka.TestTopology.f32;
import static dev.limpid.kafka.TestTopology.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.Golden;
import dev.limpid.definition.Definition.Format;
import dev.limpid.definition.Definition.SeriesBy;
import dev.limpid.pipeline.Granularity;
import dev.limpid.pipeline.Tally;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/**
 * Bad input through the real topology: every kind ends in dead letters or is taken, as golden/kafka/bad-input.txt says, and the next
 * record is served.
 */
class BadInputTest {
    private static final long START_MS = 1_700_000_000_000L;
    private final StringBuilder table = new StringBuilder();
    private int kinds;

    @Test
    void every_kind_of_bad_record_ends_in_dead_letters_or_is_taken_and_the_next_one_is_served() {
        BadInputs.all().forEach(inputs -> run(inputs, 1));

        assertThat(kinds).isGreaterThanOrEqualTo(60);
        Golden.verify("kafka/bad-input.txt", table.toString());
    }

    @Test
    void so_does_every_kind_of_bad_frame() {
        BadFrames.all().forEach(inputs -> run(inputs, 6));

        assertThat(kinds).isGreaterThanOrEqualTo(25);
        Golden.verify("kafka/bad-frames.txt", table.toString());
    }

    /** @param good samples of the good value */
    private void run(BadInputs inputs, int good) {
        table.append("== ").append(inputs.title()).append('\n');
        try (TestTopology topology = new TestTopology(inputs.definition())) {
            long timeMs = START_MS;
            long taken = 0;
            for (Map.Entry<String, BadInputs.Bad> each : inputs.cases().entrySet()) {
                kinds++;
                BadInputs.Bad bad = each.getValue();
                timeMs += 10;
                long before = topology.counts.sum(Tally::accepted);
                topology.send(bad.key(), bad.value(), timeMs + bad.afterMs(), bad.headers());
                List<TestRecord<byte[], byte[]>> dead = topology.read("dead").stream()
                        .filter(letter -> !header(letter.headers(), "__streams.errors.message")
                                .startsWith("failed:"))
                        .toList();
                long samples = topology.counts.sum(Tally::accepted) - before;
                assertThat(dead.size() + (samples > 0 ? 1 : 0))
                        .as(each.getKey())
                        .isEqualTo(1);
                taken += samples > 0 ? 1 : 0;
                table.append(String.format(
                        "%-36s %s%n", each.getKey(), dead.isEmpty() ? "taken" : describe(bad, dead.get(0))));

                timeMs += 10;
                topology.send("k", inputs.good(), timeMs, new RecordHeaders());
                taken++;
                assertThat(topology.counts.sum(Tally::accepted))
                        .as("after " + each.getKey())
                        .isEqualTo(before + samples + good);
            }
            topology.wallClock(Duration.ofSeconds(3));
            topology.wallClock(Duration.ofSeconds(3));
            assertThat(topology.read("cleaned")).hasSize((int) taken);
            assertThat(topology.counts.sum(Tally::pending)).isZero();
        }
        table.append('\n');
    }

    private static String describe(BadInputs.Bad bad, TestRecord<byte[], byte[]> dead) {
        assertThat(header(dead.headers(), "__streams.errors.topic")).isEqualTo("raw");
        assertThat(header(dead.headers(), "__streams.errors.partition")).isEqualTo("0");
        assertThat(header(dead.headers(), "__streams.errors.offset")).isNotEmpty();
        boolean cut = dead.headers().lastHeader(DeadLetters.TRUNCATED) != null;
        if (bad.value() == null || !cut) {
            assertThat(dead.value()).isEqualTo(bad.value());
        } else {
            assertThat(dead.value()).isEqualTo(Arrays.copyOf(bad.value(), dead.value().length));
        }
        String reason = header(dead.headers(), "__streams.errors.message").replaceAll("after now, \\d+", "after now");
        return "dead letter" + (cut ? ", cut" : "") + ": " + reason.replaceAll("1[67]\\d{11}", "T");
    }

    @Test
    void a_window_that_makes_the_model_fail_is_a_dead_letter_and_its_samples_pass_through() {
        try (TestTopology topology =
                new TestTopology(Definitions.of(Format.F32, Granularity.RECORD, SeriesBy.KEY, "lead"))) {
            // When
            for (int i = 0; i < 40; i++) {
                topology.send("k", f32(i == 20 ? 2e6f : i), START_MS + 10 * i);
            }

            // Then
            List<TestRecord<byte[], byte[]>> dead = topology.read("dead");
            assertThat(dead).hasSize(2);
            for (TestRecord<byte[], byte[]> each : dead) {
                assertThat(header(each.headers(), "__streams.errors.message")).isEqualTo("failed: poisoned window");
                assertThat(header(each.headers(), "__streams.errors.topic")).isEqualTo("raw");
                assertThat(TestTopology.floats(each.value())).hasSize(8).contains(2e6f);
            }
            List<TestRecord<byte[], byte[]>> cleaned = topology.read("cleaned");
            assertThat(header(cleaned.get(20).headers(), "limpid-quality")).isEqualTo("failed");
            assertThat(cleaned.get(20).value()).isEqualTo(f32(2e6f));
            assertThat(header(cleaned.get(30).headers(), "limpid-quality")).isEqualTo("cleaned");
            assertThat(topology.counts.deadLetters()).containsEntry("failed", 2L);
        }
    }
}
