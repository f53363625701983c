package dev.limpid.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.limpid.Golden;
import dev.limpid.model.Vocabulary;
import dev.limpid.pipeline.Merging;
import dev.limpid.pipeline.SegmentEnd;
import dev.limpid.score.AlertSpec;
import dev.limpid.score.Surprisal;
import dev.limpid.signal.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TokenDefinitionTest {
    private static final String SMALL = "pipeline: p\nkind: tokens\nwindow: {length: 16}\n";
    private static final Vocabulary VOCABULARY =
            new Vocabulary(List.of(new Vocabulary.Entry("a", 9), new Vocabulary.Entry("end of it", 3)));

    private static Definition load(String text) {
        return DefinitionLoader.parse("p.yaml", text, Map.of());
    }

    @Test
    void a_small_definition_of_tokens_gets_sensible_defaults() {
        Definition definition = load(SMALL);

        Golden.verify("definition/tokens.effective.yaml", Effective.yaml(definition));
        assertThat(definition.kind()).isEqualTo(Kind.TOKENS);
        assertThat(definition.alerts()).isEqualTo(AlertSpec.Above.ONE);
        assertThat(definition.model().bundled()).isEqualTo("models/p.onnx");
        assertThat(definition.spec().segmentEnd()).isEqualTo(SegmentEnd.GAPS);
    }

    @Test
    void what_is_printed_is_read_back_as_the_same_definition() {
        for (String text : new String[] {
            SMALL,
            SMALL + "tokens: {session: {by: record}, masked: '<?>', fill-above: 40 %}\ninput: {format: text}",
            SMALL + "tokens: {session: {by: marker END OF IT}}\nalerts: {raise-score: 2.5, raise-after: 3 windows}",
            SMALL + "tokens: {report-top: 16}",
            SMALL + "tokens: {report-top: all}",
            SMALL + "tokens: {session: {by: length 100}, report-missing-above: 0.9}\nalerts: {raise-deviation: 5}",
            SMALL + "input: {format: csv, columns: [t, host, token], timestamp: field t}\nseries: {by: field host}",
            "pipeline: p\ninput: {channels: [a]}\nalerts: {raise-score: 3}"
        }) {
            Definition definition = load(text);
            assertThat(load(Effective.yaml(definition))).isEqualTo(definition);
        }
    }

    @Test
    void every_problem_is_reported_at_once_with_path_got_and_wanted() {
        String wrong = "pipeline: p\nkind: tokens\n"
                + "input: {format: f32, channels: [a], sample-rate-hz: 10, timestamp: field t}\n"
                + "window: {length: 16}\ngaps: {fallback: band-pass 0.1..0.2}\noutput: {granularity: hop}\n"
                + "tokens: {fill-above: 2, replace-over: 0.5, report-top: many, masked: 'a b', session: {by: length 0, at: 3}}\n"
                + "alerts: {raise-score: 1, raise-deviation: 8}\n";

        assertThatThrownBy(() -> load(wrong))
                .isInstanceOfSatisfying(
                        DefinitionException.class,
                        refusal -> Golden.verify("definition/wrong-tokens.txt", refusal.getMessage() + "\n"));
        assertThatThrownBy(() -> load("pipeline: p\ninput: {channels: [a]}\ntokens: {masked: x}"))
                .hasMessageContaining("tokens: has no meaning but for kind tokens; remove it");
        assertThatThrownBy(() -> load(SMALL + "tokens: {session: {by: day}}"))
                .hasMessageContaining(
                        "tokens.session.by: got 'day', wanted gap, record, marker TOKEN or length NUMBER");
        for (String top : new String[] {"-1", "1.5", "many", "[3]", "12345678"}) {
            assertThatThrownBy(() -> load(SMALL + "tokens: {report-top: " + top + "}"))
                    .hasMessageContaining("tokens.report-top: got ")
                    .hasMessageContaining(", wanted ");
        }
        assertThatThrownBy(() -> load(SMALL + "tokens: {report-top: 17}"))
                .hasMessageContaining("tokens.report-top: got 17, wanted 0 to window.length = 16, or all");
        for (String score : new String[] {"0", "-0.0", "1.0E-60"}) {
            assertThatThrownBy(() -> load(SMALL + "alerts: {raise-score: " + score + "}"))
                    .hasMessageContaining("alerts.raise-score: got " + score + ", wanted more than 0");
        }
    }

    @Test
    void no_shipped_definition_keeps_what_is_left_of_a_session_for_long() {
        for (String name : new String[] {"hdfs", "shop"}) {
            Definition definition = DefinitionLoader.load(Path.of("topology/" + name + ".yaml"), Map.of());

            assertThat(definition.series().expireAfter())
                    .as(name)
                    .isBetween(definition.gaps().idleFlush(), Duration.ofHours(1));
        }
    }

    @Test
    void the_environment_overrides_the_file() {
        Definition definition = DefinitionLoader.parse(
                "p.yaml", SMALL, Map.of("LIMPID_TOKENS_REPLACE_ABOVE", "0.8", "LIMPID_TOKENS_SESSION", "{by: record}"));

        assertThat(definition.tokens().orElseThrow().replaceAbove()).isEqualTo(0.8);
        assertThat(definition.spec().segmentEnd()).isEqualTo(SegmentEnd.RECORD);
    }

    @Test
    void sessions_and_merging_are_of_the_vocabulary_s_ids() {
        Definition marker = load(SMALL + "tokens: {session: {by: marker end of it}}");

        assertThat(marker.spec(VOCABULARY).segmentEnd()).isEqualTo(new SegmentEnd.Marker(4));
        assertThat(marker.spec(VOCABULARY).merging())
                .isEqualTo(new Merging.MostConfident(0.3f, 0.99f, VOCABULARY.ids()));
        assertThat(load(SMALL + "tokens: {report-top: all}").spec().top()).isEqualTo(Surprisal.ALL);
        assertThat(load(SMALL).spec().top()).isEqualTo(3);
        assertThat(load(SMALL + "tokens: {session: {by: length 7}}").spec().segmentEnd())
                .isEqualTo(new SegmentEnd.Length(7));
    }

    @Test
    void a_vocabulary_that_does_not_suit_is_told_with_a_remedy() {
        assertThat(load(SMALL).problems(VOCABULARY)).isEmpty();
        assertThat(load(SMALL + "tokens: {session: {by: marker END}}").problems(VOCABULARY))
                .containsExactly(
                        "tokens.session: the marker 'END' is not in the vocabulary of 2 tokens; train the model"
                                + " on sessions that hold it, or choose another end");
        assertThat(load(SMALL + "tokens: {masked: a}").problems(VOCABULARY))
                .containsExactly("tokens.masked: 'a' is a token of the vocabulary; choose a text that no token has");
        assertThat(load(SMALL + "input: {format: text}").problems(VOCABULARY))
                .containsExactly(
                        "input.format: text parts tokens by white space, but 'end of it' of the vocabulary holds"
                                + " some or is empty; use json");
    }
}
