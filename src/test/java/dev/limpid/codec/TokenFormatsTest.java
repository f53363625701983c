package dev.limpid.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.Golden;
import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.model.FakeTokens;
import dev.limpid.model.Reason;
import dev.limpid.model.Vocabulary;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.CleanedBlocks;
import dev.limpid.score.Alert;
import dev.limpid.score.Surprisal;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Block;
import dev.limpid.signal.Floats;
import dev.limpid.signal.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tokens in the topics, byte for byte: golden/formats/tokens.txt has what came, its ids, and what left. */
final class TokenFormatsTest {
    private static final Vocabulary VOCABULARY = FakeTokens.vocabulary("5", "22", "E7", "a \"b\", ü", "[x]");
    private static final Vocabulary LOG = FakeTokens.vocabulary(
            "User <*> logged out", "Served GET <*> in <*> ms", "Evicting <*> entries", "Disk <*> is full");
    private final StringBuilder table = new StringBuilder();

    private static Definition definition(String input) {
        return DefinitionLoader.parse("p.yaml", "pipeline: p\nkind: tokens\nwindow: {length: 16}\n" + input, Map.of());
    }

    /**
     * Every masked token is filled in by 22, every 5 is replaced by the token with the odd text; before every E7 two are missing, and before
     * every [x] nobody knows how many.
     */
    private static CleanedBlock cleaned(Block block) {
        float[] raw = new float[block.length()];
        float[] clean = new float[raw.length];
        float[] missing = new float[raw.length];
        int[] counts = new int[raw.length];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = block.value(i, 0);
            clean[i] = raw[i] == Kind.Tokens.MASKED ? 4 : raw[i] == 3 ? 6 : raw[i];
            missing[i] = raw[i] == 5 || raw[i] == 7 ? 0.75f : 0;
            counts[i] = raw[i] == 5 ? 2 : 0;
        }
        return CleanedBlocks.tokens(raw, clean, missing, counts);
    }

    private void through(String input, String... values) {
        through(VOCABULARY, input, values);
    }

    private void through(Vocabulary vocabulary, String input, String... values) {
        Definition definition = definition(input);
        Decoder decoder = Decoders.of(definition, vocabulary);
        Encoder encoder = Encoders.of(definition, vocabulary);
        Block block = new Block(1);
        table.append("== ").append(input).append('\n');
        for (String value : values) {
            byte[] original = value.getBytes(StandardCharsets.UTF_8);
            String problem = decoder.decode(original, 1_000, block);
            table.append(shown(value)).append('\n');
            if (problem != null) {
                assertThat(block.length()).as(value).isZero();
                table.append("  ").append(problem).append("\n");
                continue;
            }
            table.append("  ids");
            for (int i = 0; i < block.length(); i++) {
                table.append(' ').append((int) block.value(i, 0));
            }
            table.append(block.timestampMs() == 1_000 ? "" : ", at " + block.timestampMs());
            table.append(decoder.seriesField() == null ? "" : ", series " + decoder.seriesField());
            CleanedBlock cleaned = cleaned(block);
            byte[] left = encoder.record(original, cleaned);
            String text = new String(left, StandardCharsets.UTF_8);
            table.append(left == original ? "\n  as it came\n" : "\n  " + shown(text) + "\n");
            byte[] told = encoder.told(original, cleaned);
            table.append(told == null ? "" : "  limpid-tokens: " + new String(told, StandardCharsets.UTF_8) + "\n");
        }
        table.append('\n');
    }

    private static String shown(String text) {
        String line = text.replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t")
                .replace("\0", "\\0");
        return line.length() <= 160 ? line : line.substring(0, 160) + "… (" + line.length() + ")";
    }

    @Test
    void what_came_what_ids_it_has_and_what_left() {
        through(
                "input: {format: json}",
                "\"E7\"",
                "\"new\"",
                "null",
                "5",
                "[22, 22]",
                "[22,5,null ,22]",
                " [\"22\", \"5\", null, \"E7\"] ",
                "[null]",
                "[null, 22]",
                "{\"ts\":17,\"tokens\":[22,5],\"host\":\"h\"}",
                "{\"tokens\":[\"22\",\"E7\"]}",
                "{\"tokens\":[\"[x]\"]}",
                "{\"token\":\"5\",\"tags\":[\"5\"]}",
                "{\"tokens\":[5], \"limpid\":{\"old\":1}}",
                "{\"tokens\":[\"[MASK]\",\"x\"]}",
                "[\"\\u0035\",\"e7\",\"\"]",
                "[5,\"5\"]",
                "[]",
                "{}",
                "{\"tokens\":[]}",
                "{\"tokens\":[22],\"token\":\"22\"}",
                "{\"tokens\":\"22\"}",
                "[22,5.5]",
                "[22,true]",
                "[22,[5]]",
                "[22,{\"a\":1}]",
                "[22",
                "[22] 5",
                "{\"ts\":-1,\"token\":\"22\"}",
                "{\"ts\":\"x\",\"token\":\"22\"}",
                "[" + "22,".repeat(20_000) + "22]",
                "\"" + "x".repeat(200_000) + "\"",
                "");
        through(
                "input: {format: text}",
                "22 22",
                "22 5  5\t[MASK] E7 \r\n",
                "5",
                "new",
                " ",
                "22\n22",
                "22 \0 5",
                "5 ".repeat(20_000),
                "5 ".repeat(500_000),
                "");
        through("input: {format: csv}", "22,22", "22, 5 ,,\"E7\"", "\"22\",x", "", "22,\"5", "22\n22");
        through(
                "input: {format: csv, columns: [t, host, token], timestamp: field t}\nseries: {by: field host}",
                "17,h1,22",
                "17,h1,5",
                "17,h1,",
                "17,22",
                "x,h1,22",
                "17,,22");
        through(
                LOG,
                "input: {format: drain}",
                "User bob logged out",
                "Served GET /a/1 in 17 ms",
                "Served GET /b in 3 ms\r\n",
                "Disk /dev/sda1 is full",
                "2024-05-01 10:11:12 INFO auth.Door: User bob logged out",
                "[MASK]",
                "kernel panic",
                "Disk /dev/sdb is full\n\tat Volume.write(Volume.java:17)",
                " \t\n",
                "");
        Golden.verify("formats/tokens.txt", table.toString());
    }

    @Test
    void invalid_utf_8_is_refused_by_every_layout() {
        for (String format : List.of("json", "text", "csv", "drain")) {
            Block block = new Block(1);
            String problem = Decoders.of(definition("input: {format: " + format + "}"), VOCABULARY)
                    .decode(new byte[] {'"', (byte) 0xff, '"'}, 0, block);
            assertThat(problem).as(format).startsWith("syntax: ");
        }
    }

    @Test
    void a_score_names_the_tokens_that_are_hardest_to_believe_and_by_what_the_window_stands_out() {
        Golden.verify(
                "formats/score-tokens.out.json",
                score(new Surprisal(3, 6, 9.25f), new Surprisal(70, Kind.Tokens.UNKNOWN, 2f))
                        + score(new Surprisal(3, 6, 9.25f, 1f), new Surprisal(70, Kind.Tokens.UNKNOWN, 2f, 0f)));
    }

    private static String score(Surprisal... surprisals) {
        ScoreLayout layout = new ScoreLayout(List.of("token"), VOCABULARY);
        WindowScore score = new WindowScore(
                0, 9, 1.5f, Floats.of(1f), 1f, CleanedBlocks.MODEL, "", List.of(surprisals), Reason.UNLIKELY_TOKEN);

        return new String(layout.encode(score), StandardCharsets.UTF_8) + "\n";
    }

    @Test
    void an_alert_says_by_what_its_window_stands_out() {
        AlertLayout layout = new AlertLayout(List.of("token"));
        Alert alert =
                new Alert(Alert.State.RAISED, 0, 9, 1.5f, 1.5f, 1.5f, 0, CleanedBlocks.MODEL, Reason.UNLIKELY_OVERALL);

        Golden.verify("formats/alert-tokens.out.json", new String(layout.encode(alert), StandardCharsets.UTF_8) + "\n");
    }
}
