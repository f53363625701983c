package dev.limpid.codec;

import static dev.limpid.codec.FrameCodecsTest.floats;
import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.Golden;
import dev.limpid.definition.Definition.Format;
import dev.limpid.signal.Block;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/** Odd frames of many kinds: what becomes of each stands in golden/formats/malformed-frames.txt, for people to read. */
final class MalformedFramesTest {
    private static final FrameLayout GREY = new FrameLayout(1, 2, 3, 0, 255, Float.NaN);
    private static final FrameLayout RGB = new FrameLayout(3, 2, 3, 0, 255, Float.NaN);
    private static final List<String> REASONS = List.of("empty", "syntax", "shape", "type", "range", "size");

    private final StringBuilder table = new StringBuilder();
    private int kinds;

    @Test
    void every_kind_of_odd_frame_ends_in_a_reason_or_in_pixels_and_the_next_frame_is_read() {
        check("f32, 1 x 2 x 3", new F32FrameDecoder(GREY), 1, f32(), floats(1, 2, 3, 4, 5, 6));
        check("u8, 1 x 2 x 3", new U8FrameDecoder(GREY), 1, u8(), new byte[6]);
        JsonDecoder json = new JsonDecoder(Inputs.of(Format.JSON, "grey"), null, new JsonFrame(GREY));
        check("json, 1 x 2 x 3", json, 1, json(), bytes("[1,2,3,4,5,6]"));
        byte[] good = Pictures.png(Pictures.grey(2, 3));
        check("image, 1 x 2 x 3", new ImageDecoder(GREY), 1, images(), good);
        Map<String, byte[]> grey = new LinkedHashMap<>();
        grey.put("grey PNG", good);
        grey.put("grey PNG of 2 bits", Pictures.png(Pictures.palette(2, 3, 0, 0x555555, 0xAAAAAA, 0xFFFFFF)));
        check("image, 3 x 2 x 3", new ImageDecoder(RGB), 3, grey, Pictures.png(colour(3)));

        assertThat(kinds).isGreaterThanOrEqualTo(60);
        Golden.verify("formats/malformed-frames.txt", table.toString());
    }

    private static Map<String, byte[]> f32() {
        Map<String, byte[]> cases = new LinkedHashMap<>();
        cases.put("null", null);
        cases.put("no bytes", new byte[0]);
        cases.put("23 bytes", new byte[23]);
        cases.put("five values", floats(1, 2, 3, 4, 5));
        cases.put("two frames", new byte[48]);
        cases.put("NaN is missing", floats(1, Float.NaN, 3, 4, 5, 6));
        cases.put("infinity", floats(1, 2, 3, 4, 5, Float.POSITIVE_INFINITY));
        cases.put("10 MB value", new byte[10 << 20]);
        return cases;
    }

    private static Map<String, byte[]> u8() {
        Map<String, byte[]> cases = new LinkedHashMap<>();
        cases.put("null", null);
        cases.put("no bytes", new byte[0]);
        cases.put("five bytes", new byte[5]);
        cases.put("three channels", new byte[18]);
        cases.put("0 to 255", new byte[] {0, 1, 127, (byte) 128, (byte) 254, (byte) 255});
        cases.put("10 MB value", new byte[10 << 20]);
        return cases;
    }

    private static Map<String, byte[]> json() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("white space", " \n");
        texts.put("a number", "1");
        texts.put("text", "\"[1,2,3,4,5,6]\"");
        texts.put("empty array", "[]");
        texts.put("five numbers", "[1,2,3,4,5]");
        texts.put("seven numbers", "[1,2,3,4,5,6,7]");
        texts.put("ragged rows", "[[1,2,3],[4,5]]");
        texts.put("three rows", "[[1,2],[3,4],[5,6]]");
        texts.put("row and number", "[[1,2,3],4,5,6]");
        texts.put("number and row", "[1,2,3,[4,5,6]]");
        texts.put("empty row", "[[],[1,2,3]]");
        texts.put("four deep", "[[[[1,2,3],[4,5,6]]]]");
        texts.put("two channels", "[[[1,2,3],[4,5,6]],[[1,2,3],[4,5,6]]]");
        texts.put("null for a row", "[[1,2,3],null]");
        texts.put("null and NaN are missing", "[1,null,NaN,4,5,6]");
        texts.put("text in a row", "[[1,2,3],[4,\"x\",6]]");
        texts.put("1e308", "[1,2,3,4,5,1e308]");
        texts.put("truncated", "[[1,2,3],[4,5");
        texts.put("text behind", "[1,2,3,4,5,6] 7");
        texts.put("object without a frame", "{\"ts\":1}");
        texts.put("object with null", "{\"samples\":null}");
        texts.put("object with a frame", "{\"ts\":5,\"samples\":[[1,2,3],[4,5,6]]}");
        texts.put("frame twice", "{\"samples\":[1,2,3,4,5,6],\"samples\":[1,2,3,4,5,6]}");
        texts.put("timestamp in nanoseconds", "{\"ts\":1700000000000000000,\"samples\":[1,2,3,4,5,6]}");
        texts.put("a million zeros", "[" + "0,".repeat(90_000) + "0]");
        Map<String, byte[]> cases = new LinkedHashMap<>();
        texts.forEach((name, text) -> cases.put(name, bytes(text)));
        return cases;
    }

    private static Map<String, byte[]> images() {
        byte[] png = Pictures.png(Pictures.grey(2, 3));
        byte[] jpeg = Pictures.encoded(Pictures.grey(2, 3), "jpeg");
        Map<String, byte[]> cases = new LinkedHashMap<>();
        cases.put("null", null);
        cases.put("no bytes", new byte[0]);
        cases.put("one byte", new byte[] {(byte) 0xFF});
        cases.put("text", bytes("no image"));
        cases.put("grey PNG", png);
        cases.put("grey JPEG", jpeg);
        cases.put("16-bit PNG", Pictures.png(Pictures.image(2, 3, 1, true, 0, 65535, 257, 2, 3, 4)));
        cases.put(
                "PNG with alpha",
                Pictures.png(Pictures.image(2, 3, 2, false, 1, 255, 2, 0, 3, 9, 4, 255, 5, 255, 6, 255)));
        cases.put("grey PNG of 2 bits", Pictures.png(Pictures.palette(2, 3, 0, 0x555555, 0xAAAAAA, 0xFFFFFF)));
        cases.put("coloured palette", Pictures.png(Pictures.palette(2, 3, 0, 0xFF0000, 0xAAAAAA, 0xFFFFFF)));
        cases.put("colour PNG", Pictures.png(colour(3)));
        cases.put("colour JPEG", Pictures.encoded(colour(3), "jpeg"));
        cases.put("GIF", Pictures.encoded(Pictures.palette(2, 3, 0, 1, 2, 3), "gif"));
        cases.put("BMP", Pictures.encoded(new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY), "bmp"));
        cases.put("3 x 2", Pictures.png(Pictures.grey(3, 2)));
        cases.put("100,000 x 1", Pictures.png(Pictures.grey(100_000, 1)));
        cases.put("decompression bomb: 4,000 x 4,000 zeros", bomb());
        cases.put(
                "PNG that claims 2^31 - 1 pixels a side", Pictures.claiming(png, Integer.MAX_VALUE, Integer.MAX_VALUE));
        cases.put("PNG of no pixel", Pictures.claiming(png, 0, 0));
        cases.put("PNG that claims more rows than it has", Pictures.claiming(Pictures.png(Pictures.grey(1, 3)), 2, 3));
        cases.put("animated PNG", Pictures.with(png, "acTL", 8));
        cases.put("PNG of 20 bytes", Arrays.copyOf(png, 20));
        cases.put("truncated PNG", Arrays.copyOf(png, png.length - 15));
        cases.put("PNG without its last byte", Arrays.copyOf(png, png.length - 1));
        cases.put("PNG with text behind it", Arrays.copyOf(png, png.length + 5));
        cases.put("PNG with a bit turned", edited(png, bytes -> turned(bytes, 45)));
        cases.put("PNG with a chunk of 2 GB", edited(png, bytes -> turned(bytes, 33, 0x7F)));
        cases.put("PNG with 100 KB of unknown chunk", Pictures.with(png, "liMp", 100_000));
        cases.put("truncated JPEG", Arrays.copyOf(jpeg, jpeg.length - 20));
        cases.put("JPEG of a header only", Arrays.copyOf(jpeg, 30));
        cases.put("JPEG with a middle cut out", cutOut(jpeg));
        cases.put("JPEG that claims 4 components", edited(jpeg, bytes -> set(bytes, 9, 4)));
        cases.put("JPEG that claims 12 bits", edited(jpeg, bytes -> set(bytes, 4, 12)));
        cases.put("JPEG that claims 65,535 rows", edited(jpeg, bytes -> set(bytes, 5, 255)));
        cases.put("arithmetic JPEG", edited(jpeg, bytes -> set(bytes, 1, 0xC9)));
        cases.put("progressive JPEG", Pictures.progressive(Pictures.grey(2, 3), 0));
        cases.put("progressive JPEG, its last scan 2,000 times", Pictures.progressive(Pictures.grey(2, 3), 2_000));
        cases.put("JPEG with its frame twice", doubled(jpeg));
        cases.put("JPEG with a marker that decoders pass over", inserted(jpeg, 0x01));
        cases.put("JPEG with a zero for a marker", inserted(jpeg, 0x00));
        cases.put("JPEG in a JPEG", inserted(jpeg, 0xD8));
        cases.put("JPEG with a segment of no length", inserted(jpeg, 0xFE, 0, 0));
        byte[] palette = Pictures.png(Pictures.palette(2, 3, 0, 0x555555, 0xAAAAAA, 0xFFFFFF));
        cases.put("palette, 150 MB of text in 150 KB", Pictures.with(palette, "zTXt", deflated(150 << 20)));
        cases.put("PNG whose picture goes on for 100 MB", longer());
        cases.put("10 MB value", new byte[10 << 20]);
        return cases;
    }

    private static BufferedImage colour(int bands) {
        int[] samples = new int[6 * bands];
        Arrays.setAll(samples, i -> i * 10);
        return Pictures.image(2, 3, bands, false, samples);
    }

    private static byte[] bomb() {
        return Pictures.png(new BufferedImage(4_000, 4_000, BufferedImage.TYPE_BYTE_BINARY));
    }

    /** A JPEG with another marker, and what follows, behind its first. */
    private static byte[] inserted(byte[] jpeg, int... marker) {
        byte[] more = new byte[jpeg.length + 1 + marker.length];
        more[0] = jpeg[0];
        more[1] = jpeg[1];
        more[2] = (byte) 0xFF;
        for (int i = 0; i < marker.length; i++) {
            more[3 + i] = (byte) marker[i];
        }
        System.arraycopy(jpeg, 2, more, 3 + marker.length, jpeg.length - 2);
        return more;
    }

    private static byte[] doubled(byte[] jpeg) {
        int frame = frame(jpeg);
        int length = 2 + ((jpeg[frame + 2] & 0xFF) << 8 | jpeg[frame + 3] & 0xFF);
        byte[] more = new byte[jpeg.length + length];
        System.arraycopy(jpeg, 0, more, 0, frame + length);
        System.arraycopy(jpeg, frame, more, frame + length, jpeg.length - frame);
        return more;
    }

    /** A key, the method, and so many zeros, packed. */
    private static byte[] deflated(int zeros) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write('k');
        out.write(0);
        out.write(0);
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            byte[] block = new byte[1 << 20];
            for (int left = zeros; left > 0; left -= block.length) {
                deflater.write(block);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A PNG with the data of a picture of 100 million pixels. */
    private static byte[] longer() {
        return Pictures.claiming(Pictures.png(new BufferedImage(10_000, 10_000, BufferedImage.TYPE_BYTE_GRAY)), 2, 3);
    }

    private static byte[] edited(byte[] original, UnaryOperator<byte[]> edit) {
        return edit.apply(original.clone());
    }

    private static byte[] turned(byte[] bytes, int at) {
        bytes[at] ^= 4;
        return bytes;
    }

    private static byte[] turned(byte[] bytes, int at, int value) {
        bytes[at] = (byte) value;
        return bytes;
    }

    /** Sets a byte of a JPEG's start of frame. */
    private static byte[] set(byte[] jpeg, int offset, int value) {
        jpeg[frame(jpeg) + offset] = (byte) value;
        return jpeg;
    }

    /** Where a JPEG's start of frame begins. */
    private static int frame(byte[] jpeg) {
        int at = 2;
        while (jpeg[at + 1] != (byte) 0xC0) {
            at += 2 + ((jpeg[at + 2] & 0xFF) << 8 | jpeg[at + 3] & 0xFF);
        }
        return at;
    }

    private static byte[] cutOut(byte[] jpeg) {
        byte[] cut = Arrays.copyOf(jpeg, jpeg.length - 10);
        cut[cut.length - 2] = (byte) 0xFF;
        cut[cut.length - 1] = (byte) 0xD9;
        return cut;
    }

    private void check(String title, Decoder decoder, int channels, Map<String, byte[]> cases, byte[] good) {
        Block block = new Block(channels);
        table.append("== ").append(title).append('\n');
        cases.forEach((name, value) -> {
            kinds++;
            String reason = decoder.decode(value, 7, block);
            String pixels = "ok: " + Arrays.toString(FrameCodecsTest.values(block));
            table.append(String.format("%-42s %s%n", name, reason == null ? pixels : reason));
            if (reason != null) {
                assertThat(REASONS).as(name + " -> " + reason).contains(reason.substring(0, reason.indexOf(':')));
                assertThat(block.size()).as(name).isZero();
                assertThat(reason.length()).as(name).isLessThan(250);
            }
            assertThat(decoder.decode(good, 7, block)).as("after " + name).isNull();
        });
        table.append('\n');
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
