package dev.limpid.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.limpid.definition.Definition.Format;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.CleanedBlocks;
import dev.limpid.pipeline.Quality;
import dev.limpid.signal.Block;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Frames in, frames out, in every encoding. */
final class FrameCodecsTest {
    private static final FrameLayout GREY = new FrameLayout(1, 2, 3, 0, 1, Float.NaN);
    private static final FrameLayout RGB = new FrameLayout(3, 1, 2, 0, 1, Float.NaN);

    @Test
    void planes_of_float32_become_pixels_and_planes_again() {
        // Given
        byte[] planes = floats(1, 2, 10, 20, 100, Float.NaN);
        Block block = new Block(3);

        // When
        String problem = new F32FrameDecoder(RGB).decode(planes, 7, block);

        // Then
        assertThat(problem).isNull();
        assertThat(values(block)).containsExactly(1, 10, 100, 2, 20, Float.NaN);
        assertThat(new F32FrameEncoder().record(planes, halved(block))).isEqualTo(floats(.5f, 1, 5, 10, 50, .25f));
    }

    @Test
    void bytes_are_mapped_into_the_range_and_rounded_and_cut_on_their_way_out() {
        // Given
        FrameLayout layout = new FrameLayout(1, 2, 3, -1, 1, 7);
        byte[] bytes = {0, (byte) 255, 51, 7, 100, (byte) 200};
        Block block = new Block(1);

        // When
        new U8FrameDecoder(layout).decode(bytes, 0, block);

        // Then
        assertThat(values(block)).containsExactly(-1, 1, -.6f, Float.NaN, -1 + 200f / 255, -1 + 400f / 255);
        assertThat(new U8FrameEncoder(layout).record(bytes, same(block, 3))).containsExactly(0, 255, 51, 0, 100, 200);
        CleanedBlock beyond = CleanedBlocks.of(1, new float[] {0}, new float[] {5}, Quality.CLEANED);
        assertThat(new U8FrameEncoder(layout).record(bytes, beyond)).containsExactly(255);
    }

    @Test
    void every_byte_and_every_word_comes_back_as_it_was() {
        for (float[] range : new float[][] {{0, 1}, {-1, 1}, {0, 255}, {3.3f, 17.9f}}) {
            FrameLayout layout = new FrameLayout(1, 1, 1, range[0], range[1], Float.NaN);
            for (int number = 0; number <= 65_535; number++) {
                assertThat(layout.number(layout.value(number, 65_535), 65_535)).isEqualTo(number);
            }
            for (int number = 0; number <= 255; number++) {
                assertThat(layout.number(layout.value(number, 255), 255)).isEqualTo(number);
            }
        }
    }

    @Test
    void json_keeps_its_nesting_its_white_space_and_its_other_members() {
        passes(GREY, "[1, 2,3,\n4,5 ,null]", "[0.5, 1.0,1.5,\n2.0,2.5 ,0.25]");
        passes(GREY, "[[1,2,3],[4,5,6]]", "[[0.5,1.0,1.5],[2.0,2.5,3.0]]");
        passes(GREY, "[ [[1,2,3],[4,5,\"NaN\"]] ]", "[ [[0.5,1.0,1.5],[2.0,2.5,0.25]] ]");
        passes(RGB, "[[[1,2]],[[3,4]],[[5,6]]]", "[[[0.5,1.0]],[[1.5,2.0]],[[2.5,3.0]]]");
        passes(
                GREY,
                "{\"ts\":12,\"samples\":[1,2,3,4,5,6],\"id\":[7]}",
                "{\"ts\":12,\"samples\":[0.5,1.0,1.5,2.0,2.5,3.0],\"id\":[7],\"limpid\":{\"raw\":[1,2,3,4,5,6],"
                        + "\"quality\":\"cleaned\"}}");
    }

    @Test
    void a_grey_png_stays_one_with_as_many_bits() {
        for (boolean wide : new boolean[] {false, true}) {
            // Given
            int most = wide ? 65_535 : 255;
            byte[] png = Pictures.png(Pictures.image(2, 3, 1, wide, 0, most, 51, 102, 1, 200));
            Block block = new Block(1);

            // When
            String problem = new ImageDecoder(GREY).decode(png, 0, block);

            // Then
            assertThat(problem).isNull();
            assertThat(block.value(1, 0)).isEqualTo(1);
            assertThat(block.value(2, 0)).isEqualTo(51f / most);
            BufferedImage out = Pictures.read(new ImageEncoder(GREY).record(png, same(block)));
            assertThat(samples(out)).containsExactly(0, most, 51, 102, 1, 200);
            assertThat(out.getSampleModel().getSampleSize(0)).isEqualTo(wide ? 16 : 8);
        }
    }

    @Test
    void transparent_pixels_are_missing_and_stay_transparent() {
        // Given
        byte[] png = Pictures.png(Pictures.image(1, 2, 4, false, 10, 20, 30, 255, 40, 50, 60, 0));
        Block block = new Block(3);

        // When
        new ImageDecoder(RGB).decode(png, 0, block);

        // Then
        assertThat(values(block)).containsExactly(10f / 255, 20f / 255, 30f / 255, Float.NaN, Float.NaN, Float.NaN);
        BufferedImage out = Pictures.read(new ImageEncoder(RGB).record(png, halved(block)));
        assertThat(samples(out)).containsExactly(5, 10, 15, 255, 64, 64, 64, 0);
    }

    @Test
    void a_palette_becomes_its_colours() {
        Block block = new Block(3);
        FrameLayout four = new FrameLayout(3, 1, 4, 0, 255, Float.NaN);
        byte[] png = Pictures.png(Pictures.palette(1, 4, 0x010203, 0x040506, 0xFF0000, 0x00FF00));
        assertThat(new ImageDecoder(four).decode(png, 0, block)).isNull();
        assertThat(values(block)).containsExactly(1, 2, 3, 4, 5, 6, 255, 0, 0, 0, 255, 0);
        assertThat(samples(Pictures.read(new ImageEncoder(four).record(png, same(block)))))
                .containsExactly(1, 2, 3, 4, 5, 6, 255, 0, 0, 0, 255, 0);
    }

    @Test
    void a_jpeg_stays_one_and_nearly_the_same() {
        FrameLayout layout = new FrameLayout(1, 16, 16, 0, 255, Float.NaN);
        byte[] jpeg = Pictures.encoded(Pictures.grey(16, 16), "jpeg");
        Block block = new Block(1);
        assertThat(new ImageDecoder(layout).decode(jpeg, 0, block)).isNull();
        byte[] out = new ImageEncoder(layout).record(jpeg, same(block));
        assertThat(ImageHeader.of(out).kind()).isEqualTo(ImageHeader.Kind.JPEG);
        Block again = new Block(1);
        assertThat(new ImageDecoder(layout).decode(out, 0, again)).isNull();
        for (int i = 0; i < 256; i++) {
            assertThat(again.value(i, 0)).isCloseTo(block.value(i, 0), within(6f));
        }
    }

    @Test
    void what_passes_through_keeps_its_bytes() {
        byte[] original = {1, 2, 3};
        CleanedBlock block = CleanedBlocks.of(1, new float[6], new float[6], Quality.FAILED);
        for (Encoder encoder : new Encoder[] {
            new U8FrameEncoder(GREY),
            new F32FrameEncoder(),
            new ImageEncoder(GREY),
            new JsonFrameEncoder(Inputs.of(Format.JSON, "grey"), GREY)
        }) {
            assertThat(encoder.record(original, block)).isSameAs(original);
        }
    }

    @Test
    void a_picture_that_its_decoder_sees_otherwise_than_its_header_said_is_not_decoded() {
        // Given: what the header said is of another picture
        ImagePixels pixels = new ImagePixels(GREY);
        for (String format : new String[] {"png", "jpeg"}) {
            byte[] told = Pictures.encoded(Pictures.grey(2, 3), format);
            byte[] large = Pictures.encoded(Pictures.grey(300, 200), format);

            // When
            String problem = pixels.read(large, ImageHeader.of(told));

            // Then
            assertThat(problem).isEqualTo("shape: an image of 300 x 200 pixels, wanted 2 x 3 (height x width)");
            assertThat(pixels.read(told, ImageHeader.of(told))).isNull();
        }
    }

    private static void passes(FrameLayout layout, String in, String out) {
        byte[] value = in.getBytes(StandardCharsets.UTF_8);
        Block block = new Block(layout.channels());
        JsonDecoder decoder = new JsonDecoder(Inputs.of(Format.JSON, "grey"), null, new JsonFrame(layout));
        assertThat(decoder.decode(value, 0, block)).as(in).isNull();
        JsonFrameEncoder encoder = new JsonFrameEncoder(Inputs.of(Format.JSON, "grey"), layout);
        assertThat(new String(encoder.record(value, halved(block)), StandardCharsets.UTF_8))
                .isEqualTo(out);
    }

    private static CleanedBlock halved(Block block) {
        return CleanedBlocks.halved(0, block.channels(), values(block), Quality.CLEANED);
    }

    private static CleanedBlock same(Block block, int... missing) {
        float[] clean = values(block);
        for (int i : missing) {
            clean[i] = -1;
        }
        return CleanedBlocks.of(block.channels(), values(block), clean, Quality.CLEANED);
    }

    private static int[] samples(BufferedImage image) {
        return image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
    }

    static float[] values(Block block) {
        float[] values = new float[block.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = block.value(i / block.channels(), i % block.channels());
        }
        return values;
    }

    static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }
}
