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
                new BadInputs("text", of("text"), text(), bytes("a b")),
                new BadInputs("csv", of("csv"), csv(), bytes("a,b")),
                new BadInputs("csv, columns token, note", of("csv, columns: [token, note]"), columns(), bytes("a,x")),
                new BadInputs("drain", of("drain"), drain(), bytes("a")));
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

    private static Map<String, BadInputs.Bad> csv() {
        Map<String, BadInputs.Bad> cases = new LinkedHashMap<>();
        cases.put("no bytes", bad("k", bytes("")));
        cases.put("two lines", bad("k", bytes("a,b\nc,d")));
        cases.put("an open quote", bad("k", bytes("a,\"b")));
        cases.put("text behind a quote", bad("k", bytes("\"a\"b,c")));
        cases.put("a quoted line end", bad("k", bytes("a,\"b\nc\"")));
        cases.put("empty cells", bad("k", bytes("a,,b")));
        cases.put("only empty cells", bad("k", bytes(",,")));
        cases.put("30,000 tokens", bad("k", bytes("a,".repeat(29_999) + "a")));
        cases.put("a token of 300 KB", bad("k", bytes("x".repeat(300_000))));
        cases.put("invalid UTF-8", bad("k", new byte[] {'a', ',', (byte) 0xC3}));
        cases.put("a byte order mark", bad("k", bytes("\uFEFFa,b")));
        cases.put("semicolons", bad("k", bytes("a;b")));
        return cases;
    }

    private static Map<String, BadInputs.Bad> columns() {
        Map<String, BadInputs.Bad> cases = new LinkedHashMap<>();
        cases.put("too few cells", bad("k", bytes("a")));
        cases.put("too many cells", bad("k", bytes("a,x,y")));
        cases.put("the names of the columns", bad("k", bytes("token,note")));
        cases.put("an empty token", bad("k", bytes(",x")));
        cases.put("an empty note", bad("k", bytes("a,")));
        return cases;
    }

    private static Map<String, BadInputs.Bad> drain() {
        Map<String, BadInputs.Bad> cases = new LinkedHashMap<>();
        cases.put("null value", bad("k", null));
        cases.put("white space", bad("k", bytes(" \t ")));
        cases.put("only a header", bad("k", bytes("2026-11-27 10:15:02,123 INFO main: ")));
        cases.put("a stack trace", bad("k", bytes("a\n\tat door.Open.run(Open.java:7)\n")));
        cases.put("a line of 150 KB", bad("k", bytes("door ".repeat(30_000))));
        cases.put("a line of 300 KB", bad("k", bytes("door ".repeat(60_000))));
        cases.put("one word of 150 KB", bad("k", bytes("x".repeat(150_000))));
        cases.put("only variables", bad("k", bytes("1 2 3 <*>")));
        cases.put("a zero byte", bad("k", bytes("a\0")));
        cases.put("terminal colours", bad("k", bytes("\u001B[31ma\u001B[0m")));
        cases.put("invalid UTF-8", bad("k", new byte[] {'a', ' ', (byte) 0xFF}));
        cases.put("no such template", bad("k", bytes("the door is open")));
        return cases;
    }
}
