package dev.limpid.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.Golden;
import dev.limpid.definition.Definition;
import dev.limpid.definition.Definition.Format;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.CleanedBlocks;
import dev.limpid.pipeline.Quality;
import dev.limpid.score.Alert;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Block;
import dev.limpid.signal.Floats;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What stands in the topics, byte for byte: the files in golden/formats. A golden {@code *.in.*} goes in, {@code *.out.*} comes out. */
final class WireFormatsTest {
    private static final Definition.Input PAIR = Inputs.of(Format.JSON, "a", "b");
    private static final float[] RAW = {1, 2, Float.NaN, -0.0f, 1e-7f, 3e10f};

    @Test
    void json_sample() {
        through("json-sample", PAIR, Quality.CLEANED);
    }

    @Test
    void json_sample_with_a_missing_value() {
        through("json-missing", PAIR, Quality.IMPUTED);
    }

    @Test
    void json_block() {
        through("json-block", PAIR, Quality.CLEANED, Quality.IMPUTED, Quality.DUPLICATE);
    }

    @Test
    void json_array() {
        through("json-array", PAIR, Quality.CLEANED);
    }

    @Test
    void csv_line() {
        through("csv-line", Inputs.csv(List.of("t", "id", "a", "b"), Optional.of("t"), "a", "b"), Quality.CLEANED);
    }

    @Test
    void f32_block() {
        Definition.Input input = Inputs.of(Format.F32, "a", "b");
        CleanedBlock block = CleanedBlocks.halved(1_000, 2, RAW, Quality.CLEANED, Quality.IMPUTED, Quality.CLEANED);
        byte[] out = Inputs.encoder(input).record(new byte[24], block);
        Golden.verify("formats/f32-block.out.hex", HexFormat.of().formatHex(out) + "\n");
        assertThat(Inputs.encoder(input).hop(block)).isEqualTo(out);
        byte[] original = new byte[24];
        assertThat(Inputs.encoder(input).record(original, CleanedBlocks.halved(1_000, 2, RAW, Quality.LATE)))
                .isSameAs(original);
    }

    @Test
    void json_hop_block() {
        CleanedBlock block = CleanedBlocks.halved(1_000, 2, RAW, Quality.CLEANED, Quality.IMPUTED, Quality.CLEANED);
        Golden.verify("formats/json-hop.out.json", text(Inputs.encoder(PAIR).hop(block)) + "\n");
    }

    @Test
    void json_hop_block_without_a_time_grid() {
        Definition.Input input =
                new Definition.Input("raw", Format.JSON, List.of("a", "b"), 0, Optional.of("when"), "rows", List.of());
        CleanedBlock block = CleanedBlocks.halved(1_000, 2, RAW, Quality.CLEANED);
        Golden.verify(
                "formats/json-hop-no-grid.out.json", text(Inputs.encoder(input).hop(block)) + "\n");
    }

    @Test
    void scores() {
        ScoreLayout layout = new ScoreLayout(List.of("a", "\"b\""));
        WindowScore score = new WindowScore(0, 1_419, 1.25f, Floats.of(0.25f, 0.75f), 1, CleanedBlocks.MODEL, "");
        WindowScore absent = new WindowScore(0, 1_419, Float.NaN, Floats.of(), 0, CleanedBlocks.MODEL, "missing");
        Golden.verify("formats/score.out.json", text(layout.encode(score)) + "\n");
        Golden.verify("formats/score-absent.out.json", text(layout.encode(absent)) + "\n");
    }

    @Test
    void alerts() {
        AlertLayout layout = new AlertLayout(List.of("a", "b"));
        Alert raised = new Alert(Alert.State.RAISED, 0, 1_419, 9.1f, 12.5f, 12.5f, 1, CleanedBlocks.MODEL);
        Alert cleared =
                new Alert(Alert.State.CLEARED, 0, 9_000, 1f, 0.5f, Float.POSITIVE_INFINITY, -1, CleanedBlocks.MODEL);
        Golden.verify("formats/alert-raised.out.json", text(layout.encode(raised)) + "\n");
        Golden.verify("formats/alert-cleared.out.json", text(layout.encode(cleared)) + "\n");
    }

    @Test
    void the_series_field_is_read_as_text() {
        Block block = new Block(1);
        Decoder decoder = Decoders.of(Inputs.of(Format.JSON, "a"), Inputs.byField("id"));
        for (String[] example : new String[][] {
            {"{\"id\":\"s\\u00e9\",\"a\":1}", "s\u00e9"},
            {"{\"a\":1,\"id\":12}", "12"},
            {"{\"a\":1,\"id\":true}", "true"},
            {"{\"a\":1,\"id\":null}", null},
            {"{\"a\":1}", null},
            {"5", null}
        }) {
            assertThat(decoder.decode(example[0].getBytes(StandardCharsets.UTF_8), 0, block))
                    .isNull();
            assertThat(decoder.seriesField()).as(example[0]).isEqualTo(example[1]);
        }
    }

    private static void through(String name, Definition.Input input, Quality... qualities) {
        String extension = input.format() == Format.CSV ? ".csv" : ".json";
        byte[] in = Golden.read("formats/" + name + ".in" + extension);
        Block block = new Block(2);
        assertThat(Inputs.decoder(input).decode(in, 7, block)).isNull();
        float[] raw = new float[block.size()];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = block.value(i / 2, i % 2);
        }
        CleanedBlock cleaned = CleanedBlocks.halved(block.timestampMs(), 2, raw, qualities);
        Golden.verify(
                "formats/" + name + ".out" + extension,
                text(Inputs.encoder(input).record(in, cleaned)));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
