package dev.limpid.kafka;

import static dev.limpid.kafka.TestTopology.f32;
import static dev.limpid.kafka.TestTopology.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.Golden;
import dev.limpid.definition.Definition.Format;
import dev.limpid.definition.Definition.SeriesBy;
import dev.limpid.pipeline.Granularity;
import dev.limpid.pipeline.Tally;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Bad input through the real topology: every kind ends in dead letters or is taken, as golden/kafka/bad-input.txt says, and the next
 * record is served.
 */
class BadInputTest {
    private static final long START_MS = 1_700_000_000_000L;
    private final StringBuilder table = new StringBuilder();
    private int kinds;

    /** A record; its time counts from the time of the record before it. */
    private record Bad(@Nullable String key, byte @Nullable [] value, long afterMs, Headers headers) {}

    @Test
    void every_kind_of_bad_record_ends_in_dead_letters_or_is_taken_and_the_next_one_is_served() {
        run("json, channel lead", Format.JSON, SeriesBy.KEY, json(), bytes("{\"lead\":1}"), "lead");
        run("json by field id", Format.JSON, SeriesBy.FIELD, byField(), bytes("{\"id\":\"x\",\"lead\":1}"), "lead");
        run("f32, channels a, b", Format.F32, SeriesBy.KEY, f32Cases(), f32(1, 2), "a", "b");
        run("csv, channels a, b", Format.CSV, SeriesBy.KEY, csv(), bytes("1,2"), "a", "b");

        assertThat(kinds).isGreaterThanOrEqualTo(60);
        Golden.verify("kafka/bad-input.txt", table.toString());
    }

    private void run(
            String title, Format format, SeriesBy by, Map<String, Bad> cases, byte[] good, String... channels) {
        table.append("== ").append(title).append('\n');
        try (TestTopology topology = new TestTopology(Definitions.of(format, Granularity.RECORD, by, channels))) {
            long timeMs = START_MS;
            long taken = 0;
            for (Map.Entry<String, Bad> each : cases.entrySet()) {
                kinds++;
                Bad bad = each.getValue();
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
                topology.send("k", good, timeMs, new RecordHeaders());
                taken++;
                assertThat(topology.counts.sum(Tally::accepted))
                        .as("after " + each.getKey())
                        .isEqualTo(before + samples + 1);
            }
            topology.wallClock(Duration.ofSeconds(3));
            topology.wallClock(Duration.ofSeconds(3));
            assertThat(topology.read("cleaned")).hasSize((int) taken);
            assertThat(topology.counts.sum(Tally::pending)).isZero();
        }
        table.append('\n');
    }

    private static String describe(Bad bad, TestRecord<byte[], byte[]> dead) {
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

    private static Map<String, Bad> json() {
        Map<String, Bad> cases = new LinkedHashMap<>();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("no bytes", "");
        values.put("white space", "  ");
        values.put("truncated object", "{\"lead\":1.");
        values.put("no JSON", "hello");
        values.put("trailing garbage", "{\"lead\":1}x");
        values.put("two values", "1 2");
        values.put("NaN", "{\"lead\":NaN}");
        values.put("null channel", "{\"lead\":null}");
        values.put("missing channel", "{}");
        values.put("text channel", "{\"lead\":\"1.5\"}");
        values.put("object channel", "{\"lead\":{}}");
        values.put("boolean channel", "{\"lead\":true}");
        values.put("array of two", "[1,2]");
        values.put("1e308", "{\"lead\":1e308}");
        values.put("-0.0", "{\"lead\":-0.0}");
        values.put("denormal", "{\"lead\":1e-44}");
        values.put("greatest float32", "{\"lead\":3.4028235e38}");
        values.put("negative timestamp", "{\"ts\":-1,\"lead\":1}");
        values.put("timestamp 0", "{\"ts\":0,\"lead\":1}");
        values.put("timestamp in the year 2100", "{\"ts\":4102444800000,\"lead\":1}");
        values.put("timestamp in microseconds", "{\"ts\":1700000000000000,\"lead\":1}");
        values.put("timestamp as text", "{\"ts\":\"x\",\"lead\":1}");
        values.put("empty block", "{\"samples\":[]}");
        values.put("ragged block", "{\"samples\":[[1],[1,2]]}");
        values.put("text in a block", "{\"samples\":[1,\"x\"]}");
        values.put("block of nothing observed", "{\"samples\":[null,null,null]}");
        values.put("nested 10,000 deep", "[".repeat(10_000));
        values.put("200 KB of text", "{\"lead\":1,\"note\":\"" + "x".repeat(200_000) + "\"}");
        values.put("180 KB of text", "{\"lead\":1,\"note\":\"" + "x".repeat(180_000) + "\"}");
        values.put("10 MB value", "{\"note\":\"" + "x".repeat(10 << 20) + "\"}");
        values.forEach((name, value) -> cases.put(name, bad("k", bytes(value))));
        cases.put("null value", bad("k", null));
        cases.put("invalid UTF-8", bad("k", new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'}));
        cases.put("UTF-16", bad("k", "{\"lead\":1}".getBytes(StandardCharsets.UTF_16)));
        cases.put("zero bytes", bad("k", new byte[16]));
        byte[] good = bytes("{\"lead\":1}");
        cases.put("no key", bad(null, good));
        cases.put("empty key", bad("", good));
        cases.put("key of 30 KB", bad("k".repeat(30_000), good));
        cases.put("key of 100 KB", bad("k".repeat(100_000), good));
        cases.put("headers of 20 KB", new Bad("k", good, 0, headers("h", 20_000)));
        cases.put("headers of 100 KB", new Bad("k", good, 0, headers("h", 100_000)));
        cases.put("null header", new Bad("k", good, 0, new RecordHeaders().add("h", null)));
        cases.put("our own headers", new Bad("k", good, 0, headers(PipelineTopology.SCORE_HEADER, 3)));
        cases.put("a step back of an hour", new Bad("k", good, -3_600_000, new RecordHeaders()));
        cases.put("a gap of an hour", new Bad("k", good, 3_600_000, new RecordHeaders()));
        cases.put("record time in the year 2100", new Bad("k", good, 2_402_444_800_000L, new RecordHeaders()));
        return cases;
    }

    private static Map<String, Bad> byField() {
        Map<String, Bad> cases = new LinkedHashMap<>();
        cases.put("no series field", bad("k", bytes("{\"lead\":1}")));
        cases.put("null series field", bad("k", bytes("{\"id\":null,\"lead\":1}")));
        cases.put("number as series field", bad("k", bytes("{\"id\":7,\"lead\":1}")));
        cases.put("empty series field", bad("k", bytes("{\"id\":\"\",\"lead\":1}")));
        cases.put("series field of 40 KB", bad("k", bytes("{\"id\":\"" + "i".repeat(40_000) + "\",\"lead\":1}")));
        return cases;
    }

    private static Map<String, Bad> f32Cases() {
        Map<String, Bad> cases = new LinkedHashMap<>();
        cases.put("null", bad("k", null));
        cases.put("no bytes", bad("k", new byte[0]));
        cases.put("7 bytes", bad("k", new byte[7]));
        cases.put("wrong channel count", bad("k", f32(1, 2, 3)));
        cases.put("infinity", bad("k", f32(1, Float.POSITIVE_INFINITY)));
        cases.put("NaN", bad("k", f32(Float.NaN, Float.NaN)));
        cases.put("-0.0", bad("k", f32(-0.0f, 1)));
        cases.put("40,000 samples", bad("k", new byte[80_000 * Float.BYTES]));
        cases.put("20,000 samples", bad("k2", new byte[40_000 * Float.BYTES]));
        cases.put("10 MB value", bad("k", new byte[10 << 20]));
        return cases;
    }

    private static Map<String, Bad> csv() {
        Map<String, Bad> cases = new LinkedHashMap<>();
        cases.put("only a line end", bad("k", bytes("\n")));
        cases.put("column too few", bad("k", bytes("1")));
        cases.put("column too many", bad("k", bytes("1,2,3")));
        cases.put("two lines", bad("k", bytes("1,2\n3,4\n")));
        cases.put("text in a channel", bad("k", bytes("one,2")));
        cases.put("missing value", bad("k", bytes(",2")));
        cases.put("open quote", bad("k", bytes("\"1,2")));
        cases.put("1e39", bad("k", bytes("1e39,2")));
        return cases;
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

    private static Bad bad(@Nullable String key, byte @Nullable [] value) {
        return new Bad(key, value, 0, new RecordHeaders());
    }

    private static Headers headers(String name, int bytes) {
        return new RecordHeaders().add(name, new byte[bytes]);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
