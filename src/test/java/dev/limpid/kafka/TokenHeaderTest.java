package dev.limpid.kafka;

import static dev.limpid.kafka.TestTopology.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.definition.Definition;
import dev.limpid.model.Denoiser;
import dev.limpid.model.FakeTokens;
import dev.limpid.model.ModelSlot;
import dev.limpid.pipeline.WindowTap;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** The header {@code limpid-tokens} of cleaned records. */
class TokenHeaderTest {
    private static final long START_MS = 1_700_000_000_000L;

    private static List<TestRecord<byte[], byte[]>> cleaned(Denoiser model, String input, Limits limits, String value) {
        Definition definition =
                TokenTopologyTest.definition("input: {topic: raw, " + input + "}\ntokens: {session: {by: record}}");
        Headers headers = new RecordHeaders();
        headers.add("limpid-tokens", "of an earlier pipeline".getBytes(StandardCharsets.UTF_8));
        try (ModelSlot slot = new ModelSlot(model);
                TestTopology topology =
                        new TestTopology(definition, limits, Instant.now(), slot, WindowTap.NONE, false)) {
            topology.send("s", value.getBytes(StandardCharsets.UTF_8), START_MS, headers);
            return topology.read("cleaned");
        }
    }

    private static FakeTokens circle() {
        return FakeTokens.circle("1", 8, "a", "b", "c", "d");
    }

    private static String text(TestRecord<byte[], byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    @Test
    void an_earlier_pipeline_s_is_dropped() {
        // When
        TestRecord<byte[], byte[]> untouched =
                cleaned(circle(), "format: text", Limits.DEFAULT, "a b c").get(0);
        TestRecord<byte[], byte[]> replaced =
                cleaned(circle(), "format: text", Limits.DEFAULT, "a b a").get(0);

        // Then
        assertThat(untouched.headers().headers("limpid-tokens")).isEmpty();
        assertThat(replaced.headers().headers("limpid-tokens")).hasSize(1);
        assertThat(header(replaced.headers(), "limpid-tokens")).isEqualTo("{\"replaced\":[{\"at\":2,\"raw\":\"a\"}]}");
    }

    @Test
    void it_has_the_line_in_whose_place_a_template_left() {
        // Given: a model for which every line is the second template
        String[] templates = {"Disk <*> is full", "Served <*> in <*> ms"};
        FakeTokens model = new FakeTokens(
                "1",
                8,
                (ids, vocabulary) -> {
                    FakeTokens.Said said = FakeTokens.random(ids, vocabulary);
                    said.error[0] = 0;
                    said.missingBefore[0] = 0;
                    said.clean[0] = 4;
                    said.confidence[0] = 1;
                    return said;
                },
                templates);

        // When
        TestRecord<byte[], byte[]> record = cleaned(
                        model, "format: drain", Limits.DEFAULT, "Disk sda1 is full\n\tat Volume.write")
                .get(0);

        // Then
        assertThat(text(record)).isEqualTo("Served <*> in <*> ms\n\tat Volume.write");
        assertThat(header(record.headers(), "limpid-quality")).isEqualTo("replaced");
        assertThat(header(record.headers(), "limpid-tokens"))
                .isEqualTo("{\"replaced\":[{\"at\":0,\"raw\":\"Disk sda1 is full\"}]}");
    }

    @Test
    void a_record_that_is_too_large_with_it_passes_through_without_it() {
        // Given: a topic that takes the value, and the framing, but hardly a header more
        String value = "a b a a b a a b a a b a";
        long most = value.length() + 1 + 1024 + 80;

        // When
        TestRecord<byte[], byte[]> record = cleaned(
                        circle(), "format: text", new Limits(Long.MAX_VALUE, 3_600_000, (int) most), value)
                .get(0);

        // Then
        assertThat(text(record)).isEqualTo(value);
        assertThat(header(record.headers(), "limpid-quality")).isEqualTo("too-large");
        assertThat(record.headers().headers("limpid-tokens")).isEmpty();
    }
}
