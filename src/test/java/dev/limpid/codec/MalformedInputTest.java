package dev.limpid.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.Golden;
import dev.limpid.definition.Definition;
import dev.limpid.definition.Definition.Format;
import dev.limpid.signal.Block;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Odd input of many kinds: what becomes of each stands in golden/formats/malformed.txt, for people to read. */
final class MalformedInputTest {
    private static final Definition.Input LEAD = Inputs.of(Format.JSON, "lead");
    private static final Definition.Input PAIR = Inputs.of(Format.JSON, "a", "b");
    private static final Definition.Input TIMED =
            new Definition.Input("raw", Format.JSON, List.of("lead"), 50, Optional.of("time"), "samples", List.of());
    private static final Definition.Input F32 = Inputs.of(Format.F32, "a", "b");
    private static final Definition.Input CSV = Inputs.csv(List.of("t", "id", "a", "b"), Optional.of("t"), "a", "b");

    private static final List<String> REASONS = List.of("empty", "syntax", "shape", "type", "range", "size");
    private final StringBuilder table = new StringBuilder();
    private int kinds;

    @Test
    void every_kind_of_odd_input_ends_in_a_reason_or_in_samples_and_the_next_value_is_read() {
        json("one channel, json", LEAD, lead());
        json("two channels, json", PAIR, pair());
        json("one channel, json, timestamp: field time", TIMED, timed());
        check("two channels, f32", F32, f32(), 7);
        json("columns t,id,a,b, csv, timestamp: field t", CSV, csv());
        check("record timestamp -1, f32", F32, Map.of("two values", floats(1, 2)), -1);
        check(
                "record timestamp in nanoseconds, f32",
                F32,
                Map.of("two values", floats(1, 2)),
                1_700_000_000_000_000_000L);
        check("record timestamp -1, json", LEAD, Map.of("with ts", bytes("{\"ts\":5,\"lead\":1}")), -1);

        assertThat(kinds).isGreaterThanOrEqualTo(45);
        Golden.verify("formats/malformed.txt", table.toString());
    }

    private static Map<String, String> lead() {
        Map<String, String> cases = new LinkedHashMap<>();
        cases.put("white space", " \n\t ");
        cases.put("bare number", "1.5");
        cases.put("bare null", "null");
        cases.put("bare NaN", "NaN");
        cases.put("bare text", "\"1.5\"");
        cases.put("bare true", "true");
        cases.put("two values", "1 2");
        cases.put("trailing garbage", "{\"lead\":1}x");
        cases.put("truncated object", "{\"ts\":1,\"lead\":1.");
        cases.put("truncated text", "{\"id\":\"ab");
        cases.put("truncated escape", "{\"id\":\"\\u00");
        cases.put("no JSON", "hello");
        cases.put("single quotes", "{'lead':1}");
        cases.put("trailing comma", "{\"lead\":1,}");
        cases.put("comment", "{\"lead\":1/*x*/}");
        cases.put("leading zero", "{\"lead\":01}");
        cases.put("plus sign", "{\"lead\":+1}");
        cases.put("hexadecimal", "{\"lead\":0x10}");
        cases.put("control character in text", "{\"id\":\"a\u0001\",\"lead\":1}");
        cases.put("empty object: the channel is missing", "{}");
        cases.put("null channel", "{\"lead\":null}");
        cases.put("\"NaN\" channel", "{\"lead\":\"NaN\"}");
        cases.put("text channel", "{\"lead\":\"1.5\"}");
        cases.put("object channel", "{\"lead\":{\"v\":1}}");
        cases.put("boolean channel", "{\"lead\":false}");
        cases.put("channel twice", "{\"lead\":1,\"lead\":2}");
        cases.put("other field twice", "{\"x\":1,\"x\":2,\"lead\":3}");
        cases.put("1e308", "{\"lead\":1e308}");
        cases.put("-1e400", "{\"lead\":-1e400}");
        cases.put("greatest float32", "{\"lead\":3.4028235e38}");
        cases.put("1e-50 becomes zero", "{\"lead\":1e-50}");
        cases.put("-0.0 keeps its sign", "{\"lead\":-0.0}");
        cases.put("Infinity", "{\"lead\":Infinity}");
        cases.put("integer of 40 digits", "{\"lead\":" + "9".repeat(40) + "}");
        cases.put("number of 1,001 digits", "{\"lead\":0." + "1".repeat(1000) + "}");
        cases.put("negative timestamp", "{\"ts\":-1,\"lead\":1}");
        cases.put("timestamp in microseconds", "{\"ts\":1700000000000000,\"lead\":1}");
        cases.put("timestamp beyond 64 bits", "{\"ts\":1e30,\"lead\":1}");
        cases.put("timestamp with a fraction", "{\"ts\":1700000000000.75,\"lead\":1}");
        cases.put("timestamp as text", "{\"ts\":\"1700000000000\",\"lead\":1}");
        cases.put("timestamp null: the record's", "{\"ts\":null,\"lead\":1}");
        cases.put("timestamp twice", "{\"ts\":1,\"ts\":1,\"lead\":1}");
        cases.put("empty block", "{\"samples\":[]}");
        cases.put("block that is a number", "{\"samples\":1}");
        cases.put("block and channel", "{\"samples\":[1],\"lead\":1}");
        cases.put("channel and block", "{\"lead\":1,\"samples\":[1]}");
        cases.put("block twice", "{\"samples\":[1],\"samples\":[1]}");
        cases.put("flat block of one channel", "{\"samples\":[1,null,\"NaN\"]}");
        cases.put("text in a block", "{\"samples\":[1,\"x\"]}");
        cases.put("object in a block", "{\"samples\":[{\"lead\":1}]}");
        cases.put("block in a block", "{\"samples\":[[[1]]]}");
        cases.put("empty array", "[]");
        cases.put("array of two", "[1,2]");
        cases.put("array of arrays", "[[1]]");
        cases.put("nested 10,000 deep", "{\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + ",\"lead\":1}");
        cases.put("nested 10,000 deep, not closed", "[".repeat(10_000));
        cases.put("field name of 2,000 characters", "{\"" + "n".repeat(2000) + "\":1}");
        cases.put("block of 16,385 numbers", "{\"samples\":[" + "0,".repeat(16_384) + "0]}");
        cases.put("10 MB value", "{\"id\":\"" + "x".repeat(10 << 20) + "\"}");
        return cases;
    }

    private static Map<String, String> pair() {
        Map<String, String> cases = new LinkedHashMap<>();
        cases.put("bare number", "1");
        cases.put("array of one", "[1]");
        cases.put("array of two", "[1,null]");
        cases.put("array of three", "[1,2,3]");
        cases.put("one field missing", "{\"b\":2}");
        cases.put("flat block", "{\"samples\":[1,2]}");
        cases.put("ragged block", "{\"samples\":[[1,2],[3]]}");
        cases.put("missing sample in a block", "{\"samples\":[[1,2],null]}");
        return cases;
    }

    private static Map<String, String> timed() {
        Map<String, String> cases = new LinkedHashMap<>();
        cases.put("no timestamp", "{\"lead\":1}");
        cases.put("timestamp null", "{\"time\":null,\"lead\":1}");
        cases.put("bare number", "1");
        cases.put("timestamp behind the samples", "{\"samples\":[1,2],\"time\":42,\"ts\":\"x\"}");
        return cases;
    }

    private static Map<String, String> csv() {
        Map<String, String> cases = new LinkedHashMap<>();
        cases.put("a line", "5,x,1.5,-2\r\n");
        cases.put("missing values", "5,x,,nan");
        cases.put("quotes and blanks", " 5 , \"x,\"\"y\" ,\"1.5\", -2 ");
        cases.put("column too few", "5,x,1");
        cases.put("column too many", "5,x,1,2,3");
        cases.put("two lines", "5,x,1,2\n6,x,1,2\n");
        cases.put("only a line end", "\n");
        cases.put("text in a channel", "5,x,one,2");
        cases.put("hexadecimal float", "5,x,0x1p3,2");
        cases.put("float suffix", "5,x,1f,2");
        cases.put("Infinity", "5,x,Infinity,2");
        cases.put("1e39", "5,x,1e39,2");
        cases.put("-0.0 keeps its sign", "5,x,-0.0,2");
        cases.put("text timestamp", "yesterday,x,1,2");
        cases.put("negative timestamp", "-5,x,1,2");
        cases.put("open quote", "5,\"x,1,2");
        cases.put("quote inside", "5,x\"y,1,2");
        return cases;
    }

    private static Map<String, byte[]> f32() {
        Map<String, byte[]> cases = new LinkedHashMap<>();
        cases.put("null", null);
        cases.put("no bytes", new byte[0]);
        cases.put("7 bytes", new byte[7]);
        cases.put("three values", floats(1, 2, 3));
        cases.put("two values", floats(1, -0.0f));
        cases.put(
                "NaN with a payload",
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(0xFFC12345)
                        .putInt(0x7F800001)
                        .array());
        cases.put("infinity", floats(1, Float.NEGATIVE_INFINITY));
        cases.put("denormal", floats(Float.MIN_VALUE, 1));
        cases.put("10 MB value", new byte[10 << 20]);
        return cases;
    }

    private void json(String title, Definition.Input input, Map<String, String> texts) {
        Map<String, byte[]> cases = new LinkedHashMap<>();
        if (input == LEAD) {
            cases.put("null", null);
            cases.put("no bytes", new byte[0]);
            cases.put(
                    "byte order mark", join(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, bytes("{\"lead\":1}")));
            cases.put("UTF-16", "{\"lead\":1}".getBytes(StandardCharsets.UTF_16));
            cases.put(
                    "invalid UTF-8 in text",
                    join(bytes("{\"id\":\""), new byte[] {(byte) 0xC3, '(', '"', ',', '"', 'l', '"', ':', '1', '}'}));
            cases.put("invalid UTF-8 in a name", new byte[] {'{', '"', (byte) 0xFF, '"', ':', '1', '}'});
            cases.put("zero bytes", new byte[16]);
        }
        texts.forEach((name, text) -> cases.put(name, bytes(text)));
        check(title, input, cases, 7);
    }

    private void check(String title, Definition.Input input, Map<String, byte[]> cases, long recordTimestampMs) {
        Decoder decoder = Inputs.decoder(input);
        Block block = new Block(input.channels().size());
        table.append("== ").append(title).append('\n');
        cases.forEach((name, value) -> {
            kinds++;
            String reason = decoder.decode(value, recordTimestampMs, block);
            table.append(String.format("%-40s %s%n", name, reason == null ? samples(block) : reason));
            if (reason != null) {
                assertThat(REASONS).as(name + " -> " + reason).contains(reason.substring(0, reason.indexOf(':')));
                assertThat(block.size()).as(name).isZero();
                assertThat(reason.length()).as(name).isLessThan(250);
            }
            byte @Nullable [] good = good(input);
            assertThat(decoder.decode(good, 7, block)).as("after " + name).isNull();
        });
        table.append('\n');
    }

    private static byte[] good(Definition.Input input) {
        return switch (input.format()) {
            case F32 -> floats(1, 2);
            case CSV -> bytes("5,x,1,2");
            case JSON -> bytes("{\"time\":5,\"lead\":1}");
            default -> throw new IllegalArgumentException(input.format() + " is for another kind");
        };
    }

    private static String samples(Block block) {
        StringBuilder text = new StringBuilder("ok: at " + block.timestampMs() + " ");
        for (int time = 0; time < block.length(); time++) {
            float[] sample = new float[block.channels()];
            for (int channel = 0; channel < sample.length; channel++) {
                sample[channel] = block.value(time, channel);
            }
            text.append(Arrays.toString(sample));
        }
        return text.toString();
    }

    private static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[] first, byte[] second) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(first);
        out.writeBytes(second);
        return out.toByteArray();
    }
}
