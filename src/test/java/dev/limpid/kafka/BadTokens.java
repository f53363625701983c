package dev.limpid.kafka;

import static dev.limpid.kafka.BadInputs.bad;
import static dev.limpid.kafka.BadInputs.bytes;

import dev.limpid.definition.Definition;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records of tokens that nobody should send; each record is a session. */
final class BadTokens {
    private BadTokens() {}

    static List<BadInputs> all() {
        return List.of(
                new BadInputs("json", of("json"), json(), bytes("[\"a\",\"b\"]")),
                new BadInputs("text", of("text"), text(), bytes("a b")));
    }

    private static Definition of(String format) {
        return TokenTopologyTest.definition(
                "input: {topic: raw, format: " + format + "}\ntokens: {session: {by: record}}");
    }

    private static Map<String, BadInputs.Bad> json() {
        Map<String, BadInputs.Bad> cases = new LinkedHashMap<>();
        cases.put("null value", bad("k", null));
        Map<String, String> values = new LinkedHashMap<>();
        values.put("white space", "  ");
        values.put("no JSON", "hello");
        values.put("truncated array", "[\"a\",");
        values.put("trailing garbage", "[\"a\"]x");
        values.put("two values", "\"a\" \"b\"");
        values.put("empty array", "[]");
        values.put("empty object", "{}");
        values.put("token and tokens", "{\"tokens\":[\"a\"],\"token\":\"a\"}");
        values.put("tokens twice", "{\"tokens\":[\"a\"],\"tokens\":[\"a\"]}");
        values.put("tokens as text", "{\"tokens\":\"a b\"}");
        values.put("a fraction", "[\"a\",1.5]");
        values.put("a boolean", "[\"a\",false]");
        values.put("an object", "[\"a\",{}]");
        values.put("nested arrays", "[[\"a\"],[\"b\"]]");
        values.put("nested 10,000 deep", "[".repeat(10_000));
        values.put("NaN", "[NaN]");
        values.put("negative timestamp", "{\"ts\":-1,\"token\":\"a\"}");
        values.put("timestamp in microseconds", "{\"ts\":1700000000000000,\"token\":\"a\"}");
        values.put("20,000 tokens", "[" + "1,".repeat(19_999) + "1]");
        values.put("a session of 1,000,000 tokens", "[" + "1,".repeat(999_999) + "1]");
        values.put("a token of 300 KB", "\"" + "x".repeat(300_000) + "\"");
        values.put("a token of 100 KB", "\"" + "x".repeat(100_000) + "\"");
        values.put("a flood of unknown tokens", "[" + "\"y\",".repeat(9_999) + "\"y\"]");
        values.put("a flood of masked tokens", "[" + "null,".repeat(9_999) + "null]");
        values.put("mixed ids and strings", "[1,\"a\",2,\"b\"]");
        values.put("an empty token", "[\"\"]");
        values.put("escapes", "[\"\\u0061\",\"\\\"\",\"\\n\"]");
        values.put("our own member", "{\"token\":\"a\",\"limpid\":{\"raw\":1}}");
        values.forEach((name, value) -> cases.put(name, bad("k", bytes(value))));
        cases.put("invalid UTF-8", bad("k", new byte[] {'"', (byte) 0xFF, '"'}));
        cases.put("UTF-16", bad("k", "\"a\"".getBytes(StandardCharsets.UTF_16)));
        return cases;
    }

    private static Map<String, BadInputs.Bad> text() {
        Map<String, BadInputs.Bad> cases = new LinkedHashMap<>();
        cases.put("two lines", bad("k", bytes("a b\nc d")));
        cases.put("a zero byte", bad("k", bytes("a \0 b")));
        cases.put("only a line end", bad("k", bytes("\n")));
        cases.put("30,000 tokens", bad("k", bytes("a ".repeat(30_000))));
        cases.put("invalid UTF-8", bad("k", new byte[] {'a', ' ', (byte) 0xC3}));
        cases.put("masked tokens only", bad("k", bytes("[MASK] [MASK]")));
        cases.put("spaces and tabs", bad("k", bytes(" a \t b ")));
        return cases;
    }
}
