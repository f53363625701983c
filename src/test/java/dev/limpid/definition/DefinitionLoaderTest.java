package dev.limpid.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.limpid.Golden;
import dev.limpid.pipeline.Granularity;
import dev.limpid.signal.WindowSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DefinitionLoaderTest {
    private static final String SMALL = "pipeline: p\ninput: {channels: [a]}\nwindow: {length: 16}\n";

    @Test
    void a_small_definition_gets_sensible_defaults() {
        Golden.verify("definition/small.effective.yaml", Effective.yaml(load(SMALL)));
    }

    @Test
    void the_shipped_definition_says_what_it_means() {
        Definition ecg = DefinitionLoader.load(Path.of("topology/ecg.yaml"), Map.of());
        Golden.verify("definition/ecg.effective.yaml", Effective.yaml(ecg));
        assertThat(ecg.gaps().idleFlush()).isEqualTo(Duration.ofSeconds(2));
        assertThat(ecg.output().granularity()).isEqualTo(Granularity.RECORD);
        assertThat(ecg.spec().window().latencySamples()).isEqualTo(511);
    }

    @Test
    void a_definition_that_names_no_model_gets_the_general_one_and_its_window() {
        Definition least = load("pipeline: p\ninput: {channels: [a]}");
        assertThat(least.model().bundled()).isEqualTo("models/any-1d.onnx");
        assertThat(least.model().name()).isEqualTo("p");
        assertThat(least.window()).isEqualTo(new WindowSpec(512, 64, 512));

        Definition topic = load("pipeline: p\ninput: {channels: [a]}\nmodel: {topic: limpid.models}");
        assertThat(topic.model().bundled()).isEqualTo("models/any-1d.onnx");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "input: {channels: [a]}\nwindow: {length: 256}",
                "input: {channels: [a, b]}\nwindow: {length: 512}",
                "input: {channels: [a]}\nwindow: {length: 512}\nmodel: {name: p}"
            })
    void the_general_model_stays_away_where_it_does_not_fit_or_another_is_named(String text) {
        Definition definition = load("pipeline: p\n" + text);

        assertThat(definition.model().bundled()).isEqualTo("models/p.onnx");
        assertThat(definition.window().hop()).isEqualTo(definition.window().length() / 4);
    }

    @Test
    void every_problem_is_reported_at_once_with_path_got_and_wanted() {
        String wrong = new String(Golden.read("definition/wrong.yaml"), StandardCharsets.UTF_8);
        assertThatThrownBy(() -> DefinitionLoader.parse("wrong.yaml", wrong, Map.of("LIMPID_WINDOW_LENGHT", "3")))
                .isInstanceOfSatisfying(
                        DefinitionException.class,
                        refusal -> Golden.verify("definition/wrong.txt", refusal.getMessage() + "\n"));
    }

    @Test
    void what_is_printed_is_read_back_as_the_same_definition() {
        for (String text : new String[] {
            SMALL,
            SMALL + "series: {by: field id, expire-after: 90min}\noutput: {scores: off, alerts: off, granularity: hop}",
            "pipeline: p\nwindow: {length: 7, hop: 7, lookahead: 6}\n"
                    + "input: {format: csv, columns: [t, '1', x], channels: ['1'], timestamp: field t, sample-rate-hz: 0.1}\n"
                    + "kafka: {consumer: {max.poll.records: 5}, sasl.mechanism: 'PLAIN', n: '012', e: '1e3', b: true}\n"
                    + "train: {epochs: 3, rate: 0.1, files: [a, b], deep: {x: 'yes'}}",
            SMALL + "model: {topic: limpid.models}",
            SMALL + "model: {topic: m, shadow: {share: 25 %}, promote-when: {windows: 500 windows, alerts-more-by: 0}}",
            SMALL + "model: {topic: m, promote-when: {}}\nmodels: {signing-key: keys/a}",
            SMALL + "model: {topic: m}\nmodels: {references: {s3: 'http://127.0.0.1:9000', gs: 'file:///mnt/gs/'}}",
            SMALL
                    + "model: {topic: m}\nmodels: {status-topic: s, start-wait: 2s, trusted-keys: ['ed25519:AA==', keys/a.pub]}"
        }) {
            Definition definition = load(text);
            assertThat(load(Effective.yaml(definition))).isEqualTo(definition);
        }
    }

    @Test
    void references_are_other_schemes_over_plain_urls() {
        Definition definition = load(SMALL + "model: {topic: m}\nmodels: {references: {s3: 'http://127.0.0.1:9000'}}");
        assertThat(definition.model().topic().orElseThrow().references())
                .isEqualTo(Map.of("s3", "http://127.0.0.1:9000/"));
        assertThatThrownBy(() ->
                        load(SMALL + "model: {topic: m}\nmodels: {references: {http: 'http://a/', S3: 'http://a/',"
                                + " s3: 'ftp://a/', gs: 'http://me:secret@a/', az: 'http://a/?q=1', b2: 'a b'}}"))
                .isInstanceOfSatisfying(DefinitionException.class, refusal -> assertThat(refusal.problems())
                        .hasSize(6)
                        .allMatch(problem -> problem.startsWith("models.references."))
                        .noneMatch(problem -> problem.contains("secret")));
    }

    @Test
    void the_environment_overrides_the_file() {
        Definition definition = DefinitionLoader.parse(
                "small.yaml",
                SMALL,
                Map.of(
                        "LIMPID_KAFKA_BOOTSTRAP_SERVERS", "b:1,c:2",
                        "LIMPID_KAFKA_SOME__PROPERTY___NAME", "x: [y",
                        "LIMPID_INPUT_SAMPLE_RATE_HZ", "250",
                        "LIMPID_INPUT_CHANNELS", "[a, b]",
                        "LIMPID_OUTPUT_DEAD_LETTERS", "dead",
                        "LIMPID_PIPELINE", "q",
                        "LIMPID_DEBUG", "1"));
        assertThat(definition.kafka())
                .containsEntry("bootstrap.servers", "b:1,c:2")
                .containsEntry("some_property-name", "x: [y");
        assertThat(definition.input().sampleRateHz()).isEqualTo(250);
        assertThat(definition.input().channels()).containsExactly("a", "b");
        assertThat(definition.output().deadLetters()).isEqualTo("dead");
        assertThat(definition.output().cleaned()).isEqualTo("q.cleaned");
    }

    @Test
    void secrets_are_masked_wherever_they_stand() {
        String text = SMALL
                + "kafka: {ssl.key.password: hunter2, sasl.jaas.config: 'x hunter2;', ssl.keystore.key: hunter2,\n"
                + "  key.serializer: kept, consumer: {sasl.jaas.config: hunter2}}\n"
                + "train: {store: {password: hunter2, url: kept}}";
        assertThat(Effective.yaml(load(text))).doesNotContain("hunter2").contains("key.serializer: kept", "url: kept");
    }

    static Stream<Arguments> unreadable() {
        String bomb = "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n";
        return Stream.of(
                Arguments.of("", "holds nothing"),
                Arguments.of("# only a comment\n", "holds nothing"),
                Arguments.of("just text", "holds 'just text', wanted keys such as"),
                Arguments.of("pipeline: [", "no YAML"),
                Arguments.of(SMALL + "pipeline: q\n", "pipeline: stands twice"),
                Arguments.of(SMALL + "kafka: {a: 1, a: 2}\n", "kafka.a: stands twice"),
                Arguments.of(SMALL + "---\npipeline: q\n", "a second document"),
                Arguments.of(SMALL + bomb, "a: an anchor; remove it"),
                Arguments.of(SMALL + bomb, "b[0]: an alias; write the value out"),
                Arguments.of(SMALL + "train: " + "[".repeat(500) + "]".repeat(500), "nesting depth"),
                Arguments.of("input: {channels: [a]}", "pipeline: missing"),
                Arguments.of("pipeline: p\nwindow: 5\ninput: {channels: [a]}", "window: got 5, wanted a block of keys"),
                Arguments.of(SMALL.replace("[a]", "[limpid]"), "'limpid' is also the member that Limpid adds"),
                Arguments.of(SMALL.replace("[a]", "[ts]"), "'ts' is also the timestamp"),
                Arguments.of(SMALL.replace("[a]", "[a, b]") + "series: {by: field b}", "'b' is also series.by"),
                Arguments.of(
                        SMALL.replace("[a]", "[a], format: f32") + "series: {by: field b}", "f32 values have none"),
                Arguments.of(
                        SMALL.replace("[a]", "[a], format: csv, columns: [b]"), "'a' is not among input.columns (b)"),
                Arguments.of(SMALL.replace("[a]", "[a], columns: [a]"), "is for format csv only"),
                Arguments.of(
                        SMALL.replace("[a]", "[a], sample-rate-hz: 1") + "gaps: {max: 250ms}",
                        "wanted at least the 1000"),
                Arguments.of(
                        SMALL + "gaps: {idle-flush: 2h}\nseries: {expire-after: 1h}", "at least gaps.idle-flush = 2h"),
                Arguments.of(SMALL + "output: {format: f32}", "granularity record keeps the layout"),
                Arguments.of(SMALL + "output: {format: csv, granularity: hop}", "hop needs json or f32"),
                Arguments.of(SMALL.replace("16", "1000000") + "batch: {max-windows: 100}", "wanted at most 256"),
                Arguments.of(
                        SMALL + "models: {start-wait: 2s}", "models.start-wait: has no meaning without model.topic"),
                Arguments.of(
                        SMALL + "model: {promote-when: {}}", "model.promote-when: has no meaning without model.topic"),
                Arguments.of(
                        SMALL + "model: {topic: m, promote-when: {windows: 0}}",
                        "model.promote-when.windows: got 0, wanted a whole number from 1"),
                Arguments.of(
                        SMALL + "model: {topic: m, promote-when: {error-wors-by: 0}}",
                        "did you mean 'error-worse-by'?"),
                Arguments.of(SMALL + "model: {topic: m, shadow: {share: 110 %}}", "model.shadow.share: got '110 %'"),
                Arguments.of(
                        SMALL + "model: {topic: m}\nmodels: {signing-key: k}",
                        "models.signing-key: has no meaning without model.promote-when"),
                Arguments.of(SMALL + "model: {topic: p.raw}", "model.topic: 'p.raw' is also input.topic"),
                Arguments.of(SMALL + "model: {topic: m, name: _x}", "model.name: got '_x', wanted for model.topic"),
                Arguments.of(SMALL + "kafka: {a: null}", "kafka.a: has no value"));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void what_cannot_be_used_is_refused_with_its_reason(String text, String reason) {
        assertThatThrownBy(() -> load(text))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void a_file_that_is_not_there_is_refused() {
        assertThatThrownBy(() -> DefinitionLoader.load(Path.of("no/such.yaml"), Map.of()))
                .hasMessage("no/such.yaml refused, 1 problem:\n  there is no such file");
    }

    private static Definition load(String text) {
        return DefinitionLoader.parse("test.yaml", text, Map.of());
    }
}
