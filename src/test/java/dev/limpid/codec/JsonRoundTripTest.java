package dev.limpid.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.definition.Definition;
import dev.limpid.definition.Definition.Format;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.CleanedBlocks;
import dev.limpid.pipeline.Quality;
import dev.limpid.signal.Block;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonRoundTripTest {
    private static final Definition.Input LEAD = Inputs.of(Format.JSON, "lead");
    private static final Definition.Input PAIR = Inputs.of(Format.JSON, "a", "b");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"ts\":5,\"lead\":1.2,\"id\":\"x\"}"
                        + "|{\"ts\":5,\"lead\":0.6,\"id\":\"x\",\"limpid\":{\"raw\":{\"lead\":1.2},\"quality\":\"cleaned\"}}",
                "{\"lead\" : 2.50 , \"n\":[1,{\"lead\":\"}\\\\\\\"\"}] }"
                        + "|{\"lead\" : 1.25 , \"n\":[1,{\"lead\":\"}\\\\\\\"\"}] ,\"limpid\":{\"raw\":{\"lead\":2.50},\"quality\":\"cleaned\"}}",
                "{\"l\\u0065ad\":3}|{\"l\\u0065ad\":1.5,\"limpid\":{\"raw\":{\"lead\":3},\"quality\":\"cleaned\"}}",
                "{\"limpid\":{\"raw\":{},\"quality\":\"late\"},\"lead\":3}"
                        + "|{\"limpid\":{\"raw\":{\"lead\":3},\"quality\":\"cleaned\"},\"lead\":1.5}",
                "{\"samples\":[1,2,null],\"ts\":5}"
                        + "|{\"samples\":[0.5,1.0,0.25],\"ts\":5,\"limpid\":{\"raw\":[1,2,null],\"quality\":\"cleaned\"}}",
                "{\"samples\":[ [1],[2]]}|{\"samples\":[[0.5],[1.0]],\"limpid\":{\"raw\":[ [1],[2]],\"quality\":\"cleaned\"}}",
                " 4 | 2.0 ",
                "[4]|[2.0]",
                "-0.0|-0.0",
            })
    void one_channel_is_replaced_and_everything_else_kept(String in, String out) {
        assertThat(halved(LEAD, in, Quality.CLEANED)).isEqualTo(out);
    }

    @Test
    void a_missing_channel_is_added_and_its_raw_value_is_null() {
        assertThat(halved(PAIR, "{\"b\":4,\"ts\":1}", Quality.IMPUTED))
                .isEqualTo(
                        "{\"b\":2.0,\"ts\":1,\"a\":0.25,\"limpid\":{\"raw\":{\"a\":null,\"b\":4},\"quality\":\"imputed\"}}");
        assertThat(halved(PAIR, "{}", Quality.IMPUTED))
                .isEqualTo(
                        "{\"a\":0.25,\"b\":0.25,\"limpid\":{\"raw\":{\"a\":null,\"b\":null},\"quality\":\"imputed\"}}");
    }

    @Test
    void samples_of_different_quality_are_told_apart() {
        assertThat(halved(LEAD, "{\"samples\":[1,2]}", Quality.CLEANED, Quality.LATE))
                .isEqualTo("{\"samples\":[0.5,2.0],\"limpid\":{\"raw\":[1,2],\"quality\":[\"cleaned\",\"late\"]}}");
    }

    @Test
    void what_passes_through_keeps_its_bytes() {
        byte[] in = "{ \"lead\": 1.20000 }".getBytes(StandardCharsets.UTF_8);
        CleanedBlock late = CleanedBlocks.halved(0, 1, new float[] {1.2f}, Quality.LATE);
        assertThat(Inputs.encoder(LEAD).record(in, late)).isSameAs(in);
    }

    @Test
    void a_number_is_the_nearest_float_and_its_text_reads_back() {
        Decoder decoder = Inputs.decoder(LEAD);
        Block block = new Block(1);
        Random random = new Random(11);
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            String text = number(random, i);
            float expected = Float.parseFloat(text);
            String reason = decoder.decode(text.getBytes(StandardCharsets.UTF_8), 0, block);
            if (Float.isInfinite(expected) ? reason == null : reason != null || block.value(0, 0) != expected) {
                wrong.add(text + ": " + reason);
            } else if (reason == null && Float.parseFloat(Numbers.text(block.value(0, 0))) != expected) {
                wrong.add(text + " written as " + Numbers.text(block.value(0, 0)));
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static String number(Random random, int i) {
        return switch (i % 5) {
            case 0 ->
                Float.toString(Float.intBitsToFloat(random.nextInt()))
                        .replace("NaN", "1")
                        .replace("Infinity", "2");
            case 1 -> Double.toString(random.nextGaussian());
            case 2 -> Long.toString(random.nextLong());
            // halfway between two floats, a hair beside it
            case 3 -> "16777217.000000000000000000000" + random.nextInt(2);
            default -> random.nextInt(1000) + "." + random.nextInt(10_000) + "e" + (random.nextInt(90) - 45);
        };
    }

    private static String halved(Definition.Input input, String in, Quality... qualities) {
        byte[] bytes = in.getBytes(StandardCharsets.UTF_8);
        int channels = input.channels().size();
        Block block = new Block(channels);
        @Nullable String reason = Inputs.decoder(input).decode(bytes, 7, block);
        assertThat(reason).isNull();
        float[] raw = new float[block.size()];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = block.value(i / channels, i % channels);
        }
        CleanedBlock cleaned = CleanedBlocks.halved(block.timestampMs(), channels, raw, qualities);
        return new String(Inputs.encoder(input).record(bytes, cleaned), StandardCharsets.UTF_8);
    }
}
