package dev.limpid.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.model.FakeTokens;
import dev.limpid.model.Vocabulary;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.CleanedBlocks;
import dev.limpid.signal.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The header of tokens keeps its size, whatever became of them. What it says otherwise: golden/formats/tokens.txt. */
class TokenNotesTest {
    private static final Vocabulary VOCABULARY = FakeTokens.vocabulary("a", "b", "Disk <*> is full");

    private static Encoder encoder(String format) {
        Definition definition = DefinitionLoader.parse(
                "p.yaml",
                "pipeline: p\nkind: tokens\nwindow: {length: 16}\ninput: {format: " + format + "}\n",
                Map.of());
        return Encoders.of(definition, VOCABULARY);
    }

    /** So many tokens, of which each is another one and each has one missing before it. */
    private static CleanedBlock replaced(int tokens) {
        float[] raw = new float[tokens];
        float[] clean = new float[tokens];
        float[] missing = new float[tokens];
        Arrays.fill(raw, VOCABULARY.id("a"));
        Arrays.fill(clean, VOCABULARY.id("b"));
        Arrays.fill(missing, 0.75f);
        return CleanedBlocks.tokens(raw, clean, missing, new int[tokens]);
    }

    private static JsonNode told(Encoder encoder, String original, CleanedBlock block) throws Exception {
        byte[] bytes = original.getBytes(StandardCharsets.UTF_8);
        encoder.record(bytes, block);
        byte[] told = encoder.told(bytes, block);
        assertThat(told).hasSizeLessThanOrEqualTo(16 * 1024);
        return JsonMapper.builder().build().readTree(told);
    }

    @Test
    void a_record_of_many_replaced_tokens_lists_the_first_and_counts_the_rest() throws Exception {
        for (String format : new String[] {"text", "csv"}) {
            // When
            String separator = format.equals("text") ? " " : ",";
            JsonNode told = told(encoder(format), ("a" + separator).repeat(9_999) + "a", replaced(10_000));

            // Then
            int listed = told.path("replaced").size();
            assertThat(listed).as(format).isBetween(300, 600);
            assertThat(told.path("replaced").get(listed - 1).toString())
                    .isEqualTo("{\"at\":" + (listed - 1) + ",\"raw\":\"a\"}");
            assertThat(told.has("missing")).isFalse();
            assertThat(told.path("more").asInt()).isEqualTo(10_000 - listed + 10_000);
        }
    }

    @Test
    void what_is_missing_has_a_bound_too() throws Exception {
        // Given: nothing was replaced
        float[] tokens = new float[10_000];
        float[] missing = new float[tokens.length];
        Arrays.fill(tokens, VOCABULARY.id("a"));
        Arrays.fill(missing, 0.75f);

        // When
        JsonNode told = told(
                encoder("json"),
                "[" + "\"a\",".repeat(9_999) + "\"a\"]",
                CleanedBlocks.tokens(tokens, tokens, missing, new int[tokens.length]));

        // Then
        assertThat(told.has("replaced")).isFalse();
        assertThat(told.path("missing").size() + told.path("more").asInt()).isEqualTo(10_000);
    }

    @Test
    void of_a_long_log_line_there_are_the_first_characters_none_of_them_broken() throws Exception {
        // Given: each of these is two chars, four bytes
        String line = "x" + "\uD83D\uDE00".repeat(40_000);

        // When
        JsonNode told = told(encoder("drain"), line + "\n\tat Volume.write", replaced(1));

        // Then
        JsonNode entry = told.path("replaced").get(0);
        assertThat(entry.path("raw").asText()).isEqualTo("x" + "\uD83D\uDE00".repeat(1_023));
        assertThat(entry.path("length").asInt()).isEqualTo(40_001);
    }

    @Test
    void the_longest_entry_still_fits() throws Exception {
        // Given: the header is all but full when the last one comes, whose every character takes six bytes
        String odd = "\u0001".repeat(1_024);
        Vocabulary vocabulary = FakeTokens.vocabulary("a", "b", odd);
        float[] raw = new float[2_000];
        Arrays.fill(raw, vocabulary.id(odd));
        float[] clean = new float[raw.length];
        Arrays.fill(clean, vocabulary.id("b"));
        for (int first = 0; first < 400; first++) {
            raw[first] = Kind.Tokens.MASKED;

            // When
            CleanedBlock block = CleanedBlocks.tokens(raw, clean, new float[raw.length], new int[raw.length]);
            byte[] told = new TokenNotes(0.5).header(block, token -> odd);

            // Then
            assertThat(told).as("%d", first).hasSizeLessThanOrEqualTo(16 * 1024);
        }
    }

    @Test
    void nothing_is_told_where_nothing_happened_or_the_value_has_it() {
        byte[] object = "{\"tokens\":[\"a\",\"a\"]}".getBytes(StandardCharsets.UTF_8);
        float[] tokens = {VOCABULARY.id("a"), VOCABULARY.id("b")};

        assertThat(encoder("json").told(object, replaced(2))).isNull();
        assertThat(encoder("text")
                        .told(
                                "a b".getBytes(StandardCharsets.UTF_8),
                                CleanedBlocks.tokens(tokens, tokens, new float[2], 0, 0)))
                .isNull();
    }
}
