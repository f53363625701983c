package dev.limpid.kafka;

import static dev.limpid.kafka.BadInputs.bad;
import static dev.limpid.kafka.BadInputs.bytes;
import static dev.limpid.kafka.TestTopology.f32;

import dev.limpid.codec.Pictures;
import dev.limpid.definition.Definition.Format;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Frames that nobody should send. */
final class BadFrames {
    private BadFrames() {}

    static List<BadInputs> all() {
        byte[] png = Pictures.png(Pictures.grey(2, 3));
        return List.of(
                new BadInputs("image, 2 x 3", Definitions.frames(Format.IMAGE, 1), images(), png),
                new BadInputs("u8, 2 x 3", Definitions.frames(Format.U8, 1), u8(), new byte[6]),
                new BadInputs("f32, 2 x 3", Definitions.frames(Format.F32, 1), floats(), f32(1, 2, 3, 4, 5, 6)),
                new BadInputs("json, 2 x 3", Definitions.frames(Format.JSON, 1), json(), bytes("[1,2,3,4,5,6]")));
    }

    private static Map<String, BadInputs.Bad> images() {
        byte[] png = Pictures.png(Pictures.grey(2, 3));
        byte[] jpeg = Pictures.encoded(Pictures.grey(2, 3), "jpeg");
        Map<String, byte[]> values = new LinkedHashMap<>();
        values.put("null value", null);
        values.put("no bytes", new byte[0]);
        values.put("text", bytes("a picture"));
        values.put("truncated PNG", Arrays.copyOf(png, png.length / 2));
        values.put("PNG of another size", Pictures.png(Pictures.grey(3, 2)));
        values.put("100,000 x 1", Pictures.png(Pictures.grey(100_000, 1)));
        values.put("decompression bomb", Pictures.png(new BufferedImage(4_000, 4_000, BufferedImage.TYPE_BYTE_BINARY)));
        values.put("claims 2^31 - 1 a side", Pictures.claiming(png, Integer.MAX_VALUE, Integer.MAX_VALUE));
        values.put("16-bit PNG", Pictures.png(Pictures.image(2, 3, 1, true, 0, 65535, 257, 2, 3, 4)));
        values.put("colour PNG", Pictures.png(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB)));
        values.put("all transparent", Pictures.png(Pictures.image(2, 3, 2, false, new int[12])));
        values.put("GIF", Pictures.encoded(new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_BINARY), "gif"));
        values.put("JPEG", jpeg);
        values.put("truncated JPEG", Arrays.copyOf(jpeg, jpeg.length - 9));
        values.put("progressive JPEG, its last scan 2,000 times", Pictures.progressive(Pictures.grey(2, 3), 2_000));
        values.put("10 MB of PNG", Arrays.copyOf(png, 10 << 20));
        return map(values);
    }

    private static Map<String, BadInputs.Bad> u8() {
        Map<String, byte[]> values = new LinkedHashMap<>();
        values.put("null value", null);
        values.put("five bytes", new byte[5]);
        values.put("seven bytes", new byte[7]);
        values.put("10 MB value", new byte[10 << 20]);
        return map(values);
    }

    private static Map<String, BadInputs.Bad> floats() {
        Map<String, byte[]> values = new LinkedHashMap<>();
        values.put("null value", null);
        values.put("23 bytes", new byte[23]);
        values.put("five values", f32(1, 2, 3, 4, 5));
        values.put("two frames", new byte[48]);
        values.put("infinity", f32(1, 2, 3, 4, 5, Float.NEGATIVE_INFINITY));
        values.put("a missing pixel", f32(1, 2, Float.NaN, 4, 5, 6));
        values.put("nothing but NaN", f32(Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN));
        values.put("the model fails", f32(1e7f, 2, 3, 4, 5, 6));
        return map(values);
    }

    private static Map<String, BadInputs.Bad> json() {
        Map<String, byte[]> values = new LinkedHashMap<>();
        values.put("ragged rows", bytes("[[1,2,3],[4,5]]"));
        values.put("five numbers", bytes("[1,2,3,4,5]"));
        values.put("text in a row", bytes("[1,2,3,4,5,\"x\"]"));
        values.put("1e308", bytes("[1,2,3,4,5,1e308]"));
        values.put("no frame", bytes("{\"ts\":1}"));
        values.put("null pixels", bytes("[1,2,null,null,5,6]"));
        values.put("year 2100", bytes("{\"ts\":4102444800000,\"samples\":[1,2,3,4,5,6]}"));
        values.put("nested 10,000 deep", bytes("[".repeat(10_000)));
        return map(values);
    }

    private static Map<String, BadInputs.Bad> map(Map<String, byte[]> values) {
        Map<String, BadInputs.Bad> cases = new LinkedHashMap<>();
        values.forEach((name, value) -> cases.put(name, bad("k", value)));
        return cases;
    }
}
