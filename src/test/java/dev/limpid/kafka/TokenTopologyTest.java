package dev.limpid.kafka;

import static dev.limpid.kafka.TestTopology.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.Golden;
import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.model.FakeTokens;
import dev.limpid.model.ModelSlot;
import dev.limpid.pipeline.Tally;
import dev.limpid.pipeline.WindowTap;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens through the real topology, with a model that knows the circle a, b, c, d, a, …. */
class TokenTopologyTest {
    private static final long START_MS = 1_700_000_000_000L;
    private final ModelSlot slot = new ModelSlot(FakeTokens.circle("1", 8, "a", "b", "c", "d"));

    static Definition definition(String more) {
        return DefinitionLoader.parse(
                "p.yaml",
                "pipeline: p\nkind: tokens\nwindow: {length: 8}\n"
                        + "output: {cleaned: cleaned, scores: scores, alerts: alerts, dead-letters: dead}\n" + more,
                Map.of());
    }

    private TestTopology topology(String more) {
        return new TestTopology(definition("input: {topic: raw" + more), slot, WindowTap.NONE);
    }

    @AfterEach
    void close() {
        slot.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(TestRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    @Test
    void a_session_leaves_with_its_record_and_says_what_became_of_it() {
        try (TestTopology topology = topology(", format: text}\ntokens: {session: {by: record}}")) {
            // When
            topology.send("s1", bytes("a b c"), START_MS);
            topology.send("s2", bytes("a [MASK] c x"), START_MS);
            topology.send("s3", bytes("a b d"), START_MS);

            // Then
            List<TestRecord<byte[], byte[]>> cleaned = topology.read("cleaned");
            assertThat(cleaned).extracting(TokenTopologyTest::text).containsExactly("a b c", "a b c x", "a b c");
            assertThat(cleaned)
                    .extracting(record -> header(record.headers(), "limpid-quality"))
                    .containsExactly("cleaned", "cleaned,imputed,unknown", "cleaned,replaced");
            assertThat(cleaned.get(0).headers().headers("limpid-tokens")).isEmpty();
            assertThat(cleaned.subList(1, 3))
                    .extracting(record -> header(record.headers(), "limpid-tokens"))
                    .containsExactly(
                            "{\"replaced\":[{\"at\":1,\"raw\":null}]}",
                            "{\"replaced\":[{\"at\":2,\"raw\":\"d\"}],"
                                    + "\"missing\":[{\"before\":2,\"count\":1,\"probability\":0.9}]}");
            assertThat(cleaned)
                    .extracting(record -> header(record.headers(), "limpid-score"))
                    .containsExactly("0.0", "2.25", "1.25");
            assertThat(topology.read("scores"))
                    .extracting(TokenTopologyTest::text)
                    .containsExactly(
                            "{\"start\":" + START_MS + ",\"end\":" + START_MS
                                    + ",\"score\":0.0,\"reason\":\"unlikely-token\",\"shares\":{\"token\":1.0},\"observed\":1.0,\"model\":\"fake:1@cafe1\"}",
                            "{\"start\":" + START_MS + ",\"end\":" + START_MS
                                    + ",\"score\":2.25,\"reason\":\"new-token\",\"shares\":{\"token\":1.0},"
                                    + "\"tokens\":[{\"at\":3,\"token\":null,\"error\":9.0}],\"observed\":1.0,"
                                    + "\"model\":\"fake:1@cafe1\"}",
                            "{\"start\":" + START_MS + ",\"end\":" + START_MS
                                    + ",\"score\":1.25,\"reason\":\"unlikely-token\",\"shares\":{\"token\":1.0},"
                                    + "\"tokens\":[{\"at\":2,\"token\":\"d\",\"error\":5.0}],\"observed\":1.0,"
                                    + "\"model\":\"fake:1@cafe1\"}");
            List<TestRecord<byte[], byte[]>> alerts = topology.read("alerts");
            assertThat(alerts)
                    .extracting(record -> new String(record.key(), StandardCharsets.UTF_8))
                    .containsExactly("s2", "s3");
            assertThat(text(alerts.get(1)))
                    .isEqualTo("{\"state\":\"RAISED\",\"start\":" + START_MS + ",\"at\":" + START_MS
                            + ",\"score\":1.25,\"deviation\":1.25,\"peakDeviation\":1.25,\"channel\":\"token\","
                            + "\"reason\":\"unlikely-token\","
                            + "\"model\":\"fake:1@cafe1\"}");
            assertThat(topology.counts.sum(Tally::unknown)).isEqualTo(1);
            assertThat(topology.counts.sum(Tally::pending)).isZero();
        }
    }

    @Test
    void a_score_names_as_many_tokens_as_are_wanted() {
        assertThat(tokens("0", Limits.DEFAULT)).containsExactly("");
        assertThat(tokens("1", Limits.DEFAULT)).containsExactly("{\"at\":0,\"token\":null,\"error\":9.0}");
        assertThat(tokens("all", Limits.DEFAULT))
                .containsExactly("{\"at\":0,\"token\":null,\"error\":9.0},{\"at\":1,\"token\":\"b\",\"error\":0.0},"
                        + "{\"at\":2,\"token\":\"c\",\"error\":0.0},{\"at\":3,\"token\":\"a\",\"error\":5.0}");
    }

    @Test
    void a_score_that_is_too_large_leaves_without_its_tokens() {
        // its value has 298 bytes, 120 without them
        assertThat(tokens("all", new Limits(Long.MAX_VALUE, 3_600_000, 1024 + 250)))
                .containsExactly("", "too-large");
    }

    /** The tokens that the score of a session names, and the record's quality if it has one. */
    private List<String> tokens(String top, Limits limits) {
        String more = "input: {topic: raw, format: text}\ntokens: {session: {by: record}, report-top: " + top + "}";
        try (TestTopology topology = new TestTopology(
                definition(more), limits, Instant.ofEpochMilli(START_MS), slot, WindowTap.NONE, false)) {
            topology.send("s", bytes("x b c a"), START_MS);
            TestRecord<byte[], byte[]> score = topology.read("scores").get(0);
            List<String> told = new ArrayList<>();
            told.add(text(score)
                    .replaceAll(".*\"shares\":\\{\"token\":1.0}(,\"tokens\":\\[(.*)])?,\"observed\".*", "$2"));
            for (Header quality : score.headers().headers("limpid-quality")) {
                told.add(new String(quality.value(), StandardCharsets.US_ASCII));
            }
            return told;
        }
    }

    @Test
    void a_json_record_tells_what_came_and_what_is_missing() {
        try (TestTopology topology = topology("}\ntokens: {session: {by: record}, replace-above: 1}")) {
            // When
            topology.send("s1", bytes("{\"ts\":1700000000000,\"tokens\":[\"a\",null],\"host\":\"h\"}"), START_MS);
            topology.send("s2", bytes("{\"tokens\": [\"a\", \"b\", \"d\"]}"), START_MS);
            topology.send("s3", bytes("[\"a\",\"b\"]"), START_MS);

            // Then
            assertThat(topology.read("cleaned"))
                    .extracting(TokenTopologyTest::text)
                    .containsExactly(
                            "{\"ts\":1700000000000,\"tokens\":[\"a\",\"b\"],\"host\":\"h\","
                                    + "\"limpid\":{\"raw\":[\"a\",null],\"quality\":[\"cleaned\",\"imputed\"]}}",
                            "{\"tokens\": [\"a\", \"b\", \"d\"],\"limpid\":{\"raw\":[\"a\", \"b\", \"d\"],"
                                    + "\"quality\":\"cleaned\",\"missing\":[{\"before\":2,\"count\":1,\"probability\":0.9}]}}",
                            "[\"a\",\"b\"]");
        }
    }

    @Test
    void tokens_that_come_alone_are_one_session_until_its_marker_comes() {
        try (TestTopology topology = topology("}\ntokens: {session: {by: marker d}}")) {
            // When
            for (String token : List.of("a", "b", "c", "d", "a")) {
                topology.send("host", bytes("{\"token\":\"" + token + "\"}"), START_MS);
            }

            // Then
            assertThat(topology.read("cleaned"))
                    .extracting(TokenTopologyTest::text)
                    .containsExactly(
                            "{\"token\":\"a\"}", "{\"token\":\"b\"}", "{\"token\":\"c\"}", "{\"token\":\"d\"}");
            assertThat(topology.read("scores")).hasSize(1);
            assertThat(topology.counts.sum(Tally::pending)).isEqualTo(1);
        }
    }

    @Test
    void a_newer_model_that_knows_more_serves_from_the_next_batch_on_and_its_own_tokens_stay_unknown() {
        try (TestTopology topology = topology(", format: text}\ntokens: {session: {by: record}}")) {
            // When
            topology.send("s1", bytes("d a"), START_MS);
            slot.install(FakeTokens.circle("2", 8, "a", "b", "c", "d", "e"));
            topology.send("s2", bytes("c e a"), START_MS);

            // Then: it would have e behind d, which the pipeline did not start with
            List<TestRecord<byte[], byte[]>> cleaned = topology.read("cleaned");
            assertThat(cleaned).extracting(TokenTopologyTest::text).containsExactly("d a", "c e a");
            assertThat(header(cleaned.get(1).headers(), "limpid-model")).isEqualTo("fake:2@cafe2");
            assertThat(header(cleaned.get(1).headers(), "limpid-quality")).isEqualTo("cleaned,unknown");
        }
    }

    @Test
    void every_kind_of_bad_record_is_a_dead_letter_or_marked_and_the_next_one_is_served() {
        StringBuilder table = new StringBuilder();
        List<BadInputs> all = BadTokens.all();
        all.forEach(inputs -> run(inputs, table));

        assertThat(all.stream().mapToInt(inputs -> inputs.cases().size()).sum()).isGreaterThanOrEqualTo(25);
        Golden.verify("kafka/bad-tokens.txt", table.toString());
    }

    private void run(BadInputs inputs, StringBuilder table) {
        table.append("== ").append(inputs.title()).append('\n');
        try (TestTopology topology = new TestTopology(inputs.definition(), slot, WindowTap.NONE)) {
            inputs.cases().forEach((name, bad) -> {
                long before = topology.counts.sum(Tally::accepted);
                topology.send("k", bad.value(), START_MS, new RecordHeaders());
                List<TestRecord<byte[], byte[]>> dead = topology.read("dead");
                List<TestRecord<byte[], byte[]>> cleaned = new ArrayList<>(topology.read("cleaned"));
                assertThat(dead.size() + cleaned.size()).as(name).isEqualTo(1);
                table.append(String.format(
                        "%-32s %s%n",
                        name,
                        dead.isEmpty()
                                ? header(cleaned.get(0).headers(), "limpid-quality")
                                        + (Arrays.equals(cleaned.get(0).value(), bad.value()) ? ", as it came" : "")
                                : "dead letter: "
                                        + header(dead.get(0).headers(), "__streams.errors.message")
                                                .replaceAll("1[67]\\d{11}", "T")));
                long accepted = topology.counts.sum(Tally::accepted);
                assertThat(accepted > before).as(name).isEqualTo(dead.isEmpty());

                topology.send("k", inputs.good(), START_MS, new RecordHeaders());
                assertThat(topology.counts.sum(Tally::accepted))
                        .as("after " + name)
                        .isEqualTo(accepted + 2);
                assertThat(topology.read("cleaned")).as("after " + name).hasSize(1);
            });
            topology.wallClock(Duration.ofSeconds(3));
            assertThat(topology.counts.sum(Tally::pending)).isZero();
        }
        table.append('\n');
    }
}
