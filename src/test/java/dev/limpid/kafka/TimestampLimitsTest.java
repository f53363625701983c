package dev.limpid.kafka;

import static dev.limpid.kafka.TestTopology.f32;
import static dev.limpid.kafka.TestTopology.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.definition.Definition;
import dev.limpid.definition.Definition.Format;
import dev.limpid.definition.Definition.SeriesBy;
import dev.limpid.pipeline.Granularity;
import dev.limpid.pipeline.Tally;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** Times that the output topics would refuse, on a grid of 100 Hz. */
class TimestampLimitsTest {
    private static final long NOW_MS = 1_700_000_000_000L;
    private static final long DAY_MS = 86_400_000;
    private final Definition definition = Definitions.of(Format.F32, Granularity.RECORD, SeriesBy.KEY, "lead");

    private TestTopology topology(Limits limits) {
        return new TestTopology(definition, limits, Instant.ofEpochMilli(NOW_MS));
    }

    @Test
    void a_record_older_than_the_topics_take_is_a_dead_letter_at_the_oldest_time_they_do() {
        try (TestTopology topology = topology(new Limits(DAY_MS, 3_600_000, 1 << 20))) {
            // When
            topology.send("old", f32(1), NOW_MS - DAY_MS);
            topology.send("young", f32(1), NOW_MS - DAY_MS + 61_000);

            // Then: clocks may be a minute apart
            List<TestRecord<byte[], byte[]>> dead = topology.read("dead");
            assertThat(dead).hasSize(1);
            assertThat(header(dead.get(0).headers(), "__streams.errors.message"))
                    .isEqualTo("range: the timestamp is 1699913600000, wanted 1699913660000 to 1700003540000");
            assertThat(dead.get(0).timestamp()).isEqualTo(NOW_MS - DAY_MS + 60_000);
            assertThat(topology.counts.sum(Tally::accepted)).isEqualTo(1);
        }
    }

    @Test
    void a_record_that_waited_until_it_was_too_old_leaves_at_the_oldest_time_the_topics_take() {
        try (TestTopology topology = topology(new Limits(DAY_MS, 3_600_000, 1 << 20))) {
            // Given
            topology.send("k", f32(1), NOW_MS - DAY_MS + 61_000);

            // When
            topology.wallClock(Duration.ofSeconds(1));
            topology.wallClock(Duration.ofSeconds(10));

            // Then
            assertThat(topology.read("cleaned"))
                    .extracting(TestRecord::timestamp)
                    .containsExactly(NOW_MS + 11_000 - DAY_MS + 60_000);
        }
    }

    @Test
    void a_narrow_limit_leaves_room_for_the_present() {
        try (TestTopology topology = topology(new Limits(10_000, 10_000, 1 << 20))) {
            topology.send("k", f32(1), NOW_MS - 4_000);
            topology.send("k", f32(1), NOW_MS + 4_000);

            assertThat(topology.read("dead")).isEmpty();
        }
    }

    @Test
    void a_block_whose_last_sample_lies_too_far_ahead_is_a_dead_letter() {
        try (TestTopology topology = topology(Limits.DEFAULT)) {
            // Given: 10 s before the last time that is taken
            long startMs = NOW_MS + 3_530_000;

            // When
            topology.send("long", f32(new float[1_002]), startMs);
            topology.send("short", f32(new float[1_001]), startMs);

            // Then
            List<TestRecord<byte[], byte[]>> dead = topology.read("dead");
            assertThat(dead).extracting(TestRecord::key).containsExactly("long".getBytes(StandardCharsets.UTF_8));
            assertThat(header(dead.get(0).headers(), "__streams.errors.message"))
                    .isEqualTo("range: the time of the last sample is 1700003540010, wanted 0 to 1700003540000");
            assertThat(topology.counts.sum(Tally::accepted)).isEqualTo(1_001);
        }
    }
}
