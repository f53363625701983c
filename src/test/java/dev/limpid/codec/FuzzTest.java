package dev.limpid.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.definition.Definition;
import dev.limpid.definition.Definition.Format;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.CleanedBlocks;
import dev.limpid.pipeline.Quality;
import dev.limpid.signal.Block;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Valid values, damaged at random: a decoder gives a reason or samples, never an exception; and what it took, the encoder
 * writes so that it reads back with the channels replaced.
 */
final class FuzzTest {
    private static final int ROUNDS = 12_000;
    private static final String ALPHABET = "{}[]\",:\\ .-+eE0123456789nulNaNtrueabsmp\n\u00e9";
    private static final List<String> JSON = List.of(
            "{\"ts\":1700000000000,\"a\":1.25,\"b\":-3e2,\"id\":\"s1\",\"x\":[1,{\"a\":2}]}",
            "{\"samples\":[[1,2],[3,null],[\"NaN\",6]],\"ts\":17,\"n\":null}",
            "[1.5, -2]",
            "{ \"b\" : null , \"limpid\":{\"raw\":1}, \"\\u0061\":7 }");
    private static final List<String> CSV = List.of("1700000000000,\"a,b\",1.25,-3e2\r\n", "5,,nan, 2 ");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void damaged_json_never_throws_and_what_is_taken_reads_back(long seed) {
        fuzz(seed, Inputs.of(Format.JSON, "a", "b"), Inputs.byField("id"), JSON);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void damaged_csv_never_throws_and_what_is_taken_reads_back(long seed) {
        Definition.Input input = Inputs.csv(List.of("t", "id", "a", "b"), Optional.of("t"), "a", "b");
        fuzz(seed, input, Inputs.byField("id"), CSV);
    }

    private static void fuzz(long seed, Definition.Input input, Definition.Series series, List<String> valid) {
        Random random = new Random(seed);
        Decoder decoder = Decoders.of(input, series);
        Encoder encoder = Inputs.encoder(input);
        Block block = new Block(2);
        Block again = new Block(2);
        int taken = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] value = damaged(valid.get(random.nextInt(valid.size())), random);
            String reason = decoder.decode(value, 7, block);
            if (reason != null) {
                continue;
            }
            taken++;
            float[] raw = new float[block.size()];
            for (int i = 0; i < raw.length; i++) {
                raw[i] = block.value(i / 2, i % 2);
                assertThat(Float.isInfinite(raw[i])).isFalse();
            }
            CleanedBlock cleaned = CleanedBlocks.halved(block.timestampMs(), 2, raw, Quality.CLEANED);
            byte[] out = encoder.record(value, cleaned);
            Supplier<String> text =
                    () -> new String(value, StandardCharsets.UTF_8) + " -> " + new String(out, StandardCharsets.UTF_8);
            assertThat(decoder.decode(out, 7, again)).as(text).isNull();
            assertThat(again.length()).as(text).isEqualTo(block.length());
            assertThat(again.timestampMs()).as(text).isEqualTo(block.timestampMs());
            for (int i = 0; i < raw.length; i++) {
                float expected = cleaned.clean(i / 2, i % 2);
                assertThat(Float.floatToIntBits(again.value(i / 2, i % 2)))
                        .as(text)
                        .isEqualTo(Float.floatToIntBits(expected));
            }
        }
        assertThat(taken).isBetween(ROUNDS / 50, ROUNDS - ROUNDS / 50);
    }

    private static byte[] damaged(String valid, Random random) {
        byte[] value = valid.getBytes(StandardCharsets.UTF_8);
        for (int damage = random.nextInt(4); damage >= 0 && value.length > 1; damage--) {
            int at = random.nextInt(value.length);
            switch (random.nextInt(5)) {
                case 0 -> value[at] = (byte) random.nextInt(256);
                case 1 -> value[at] = (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
                case 2 -> value = Arrays.copyOf(value, random.nextInt(20) == 0 ? at : value.length);
                case 3 -> {
                    byte[] without = Arrays.copyOf(value, value.length - 1);
                    System.arraycopy(value, at + 1, without, at, value.length - at - 1);
                    value = without;
                }
                default -> {
                    int from = random.nextInt(at + 1);
                    byte[] twice = Arrays.copyOf(value, value.length + at - from);
                    System.arraycopy(value, from, twice, at, value.length - from);
                    value = twice;
                }
            }
        }
        return value;
    }
}
