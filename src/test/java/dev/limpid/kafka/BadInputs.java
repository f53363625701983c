package dev.limpid.kafka;

import static dev.limpid.kafka.TestTopology.f32;

import dev.limpid.definition.Definition;
import dev.limpid.definition.Definition.Format;
import dev.limpid.definition.Definition.SeriesBy;
import dev.limpid.model.Denoiser;
import dev.limpid.model.FakeTokens;
import dev.limpid.pipeline.Granularity;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Input of one layout that nobody should send, and a good value of that layout.
 *
 * @param cases by what is bad about them, in the order in which they are sent
 */
record BadInputs(String title, Definition definition, Map<String, Bad> cases, byte[] good) {
    /** A record; its time counts from the time of the record before it. */
    record Bad(@Nullable String key, byte @Nullable [] value, long afterMs, Headers headers) {}

    static List<BadInputs> all() {
        byte[] lead = bytes("{\"lead\":1}");
        byte[] field = bytes("{\"id\":\"x\",\"lead\":1}");
        return List.of(
                new BadInputs("json, channel lead", of(Format.JSON, SeriesBy.KEY, "lead"), json(), lead),
                new BadInputs("json by field id", of(Format.JSON, SeriesBy.FIELD, "lead"), byField(), field),
                new BadInputs("f32, channels a, b", of(Format.F32, SeriesBy.KEY, "a", "b"), f32Cases(), f32(1, 2)),
                new BadInputs("csv, channels a, b", of(Format.CSV, SeriesBy.KEY, "a", "b"), csv(), bytes("1,2")));
    }

    /** A model for the definition, to compute by hand. */
    Denoiser model() {
        int length = definition.window().length();
        return definition.tokens().isPresent()
                ? FakeTokens.circle("1", length, "a", "b", "c", "d")
                : new HalvingDenoiser("1", length, definition.input().channels().size(), definition.kind());
    }

    private static Definition of(Format format, SeriesBy by, String... channels) {
        return Definitions.of(format, Granularity.RECORD, by, channels);
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

    static Bad bad(@Nullable String key, byte @Nullable [] value) {
        return new Bad(key, value, 0, new RecordHeaders());
    }

    private static Headers headers(String name, int bytes) {
        return new RecordHeaders().add(name, new byte[bytes]);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
