package dev.limpid.kafka;

import static dev.limpid.kafka.TestTopology.f32;
import static dev.limpid.kafka.TestTopology.floats;
import static dev.limpid.kafka.TestTopology.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.limpid.definition.Definition.Format;
import dev.limpid.definition.Definition.SeriesBy;
import dev.limpid.pipeline.Granularity;
import dev.limpid.pipeline.Tally;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

class PipelineTopologyTest {
    @Test
    void a_cleaned_record_keeps_key_timestamp_and_headers_and_says_model_score_and_quality() {
        try (TestTopology topology =
                new TestTopology(Definitions.of(Format.F32, Granularity.RECORD, SeriesBy.KEY, "lead"))) {
            // When
            for (int i = 0; i < 24; i++) {
                RecordHeaders headers = new RecordHeaders();
                headers.add("traceparent", ("t" + i).getBytes(StandardCharsets.UTF_8));
                headers.add(PipelineTopology.QUALITY_HEADER, "of an earlier pipeline".getBytes(StandardCharsets.UTF_8));
                topology.send("a", f32(i), 1_000 + 10 * i, headers);
            }

            // Then
            List<TestRecord<byte[], byte[]>> cleaned = topology.read("cleaned");
            assertThat(cleaned).hasSizeGreaterThanOrEqualTo(16);
            for (int i = 0; i < cleaned.size(); i++) {
                TestRecord<byte[], byte[]> record = cleaned.get(i);
                assertThat(record.key()).isEqualTo("a".getBytes(StandardCharsets.UTF_8));
                assertThat(record.timestamp()).isEqualTo(1_000 + 10 * i);
                assertThat(header(record.headers(), "traceparent")).isEqualTo("t" + i);
                assertThat(header(record.headers(), "limpid-model")).isEqualTo("half:1@0123456789ab");
                assertThat(header(record.headers(), "limpid-quality")).isEqualTo("cleaned");
                assertThat(record.headers().headers("limpid-quality")).hasSize(1);
                assertThat(Float.parseFloat(header(record.headers(), "limpid-score")))
                        .isPositive();
                assertThat(floats(record.value())[0]).isCloseTo(0.5f * i, within(0.01f));
            }
            assertThat(topology.read("scores")).hasSize(5);
            assertThat(topology.counts.sum(Tally::accepted)).isEqualTo(24);
        }
    }

    @Test
    void where_the_windows_of_two_models_overlap_the_newer_one_s_header_is_marked() {
        try (TestTopology topology =
                new TestTopology(Definitions.of(Format.F32, Granularity.RECORD, SeriesBy.KEY, "lead"))) {
            // When: windows of 8 every 4; the slots 8 to 15 are the first window of the new model
            for (int i = 0; i < 32; i++) {
                if (i == 15) {
                    topology.slot.install(new HalvingDenoiser("2", 8, 1));
                }
                topology.send("a", f32(i), 1_000 + 10 * i);
            }

            // Then
            List<String> models = topology.read("cleaned").stream()
                    .map(record -> header(record.headers(), "limpid-model").replace("@0123456789ab", ""))
                    .toList();
            List<String> wanted = new ArrayList<>();
            wanted.addAll(Collections.nCopies(8, "half:1"));
            wanted.addAll(Collections.nCopies(4, "half:2+"));
            wanted.addAll(Collections.nCopies(models.size() - 12, "half:2"));
            assertThat(models).isEqualTo(wanted).hasSizeGreaterThan(20);
        }
    }

    @Test
    void hop_granularity_gives_one_block_per_hop_under_the_series_key() {
        try (TestTopology topology =
                new TestTopology(Definitions.of(Format.F32, Granularity.HOP, SeriesBy.KEY, "lead"))) {
            // When
            for (int i = 0; i < 24; i++) {
                topology.send("a", f32(i), 1_000 + 10 * i);
            }

            // Then
            List<TestRecord<byte[], byte[]>> cleaned = topology.read("cleaned");
            int samples = 0;
            for (TestRecord<byte[], byte[]> record : cleaned) {
                assertThat(record.key()).isEqualTo("a".getBytes(StandardCharsets.UTF_8));
                assertThat(record.timestamp()).isEqualTo(1_000 + 10 * samples);
                samples += floats(record.value()).length;
            }
            assertThat(cleaned).hasSizeGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void a_silent_partition_is_completed_by_the_wall_clock_and_marked() {
        try (TestTopology topology =
                new TestTopology(Definitions.of(Format.F32, Granularity.RECORD, SeriesBy.KEY, "lead"))) {
            // Given
            for (int i = 0; i < 10; i++) {
                topology.send(null, f32(i), 1_000 + 10 * i);
            }
            int before = topology.read("cleaned").size();

            // When
            topology.wallClock(Duration.ofMillis(2_600));
            topology.wallClock(Duration.ofMillis(2_600));

            // Then
            List<TestRecord<byte[], byte[]>> after = topology.read("cleaned");
            assertThat(before + after.size()).isEqualTo(10);
            assertThat(after).allSatisfy(record -> assertThat(header(record.headers(), "limpid-quality"))
                    .isEqualTo("cleaned,wall-clock-end"));
            assertThat(topology.counts.sum(Tally::wallClockEnds)).isEqualTo(1);
        }
    }

    @Test
    void many_silent_series_are_completed_a_batch_per_punctuation() {
        try (TestTopology topology =
                new TestTopology(Definitions.of(Format.F32, Granularity.RECORD, SeriesBy.KEY, "lead"))) {
            // Given: batches of 16
            for (int i = 0; i < 40; i++) {
                topology.send("s" + i, f32(i), 1_000);
            }

            // When
            topology.wallClock(Duration.ofMillis(2_600));
            long first = topology.counts.sum(Tally::wallClockEnds);
            topology.wallClock(Duration.ofMillis(2_600));
            long second = topology.counts.sum(Tally::wallClockEnds);
            topology.wallClock(Duration.ofMillis(100));
            topology.wallClock(Duration.ofMillis(100));

            // Then: the first punctuation only sees since when no record came
            assertThat(List.of(first, second)).isEqualTo(List.of(0L, 16L));
            assertThat(topology.counts.sum(Tally::wallClockEnds)).isEqualTo(40);
            assertThat(topology.read("cleaned")).hasSize(40);
        }
    }
}
