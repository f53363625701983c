package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.model.ChannelSpec;
import dev.limpid.model.FakeDenoiser;
import dev.limpid.model.ModelId;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Outputs;
import dev.limpid.model.Vocabulary;
import dev.limpid.pipeline.WindowTap;
import dev.limpid.signal.Floats;
import dev.limpid.signal.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** A median stands in where frames are out of the model's range: 3 by 3 pixels, a model that halves, so that the error is the picture's brightness, and 1 is usual. */
class FrameGuardTest {
    private static final long START_MS = 1_700_000_000_000L;
    private static final Definition DEFINITION = DefinitionLoader.parse(
            "p.yaml",
            """
            pipeline: p
            kind: frame
            input: { topic: raw, channels: [grey], height: 3, width: 3, format: f32 }
            gaps: { fallback: median 3x3 }
            output: { cleaned: cleaned, dead-letters: dead, scores: scores, alerts: alerts }
            """,
            Map.of());
    private static final ModelSpec HALF = new ModelSpec(
            new ModelId("half", "1", "0123456789abcdef"),
            9,
            List.of(new ChannelSpec("grey", "", 0.5f)),
            false,
            false,
            Floats.of(),
            FakeDenoiser.errorRange(1, 1f, 1f),
            new Kind.Frame(3, 3, 1),
            Outputs.NONE,
            Vocabulary.EMPTY);

    private final TestTopology topology =
            new TestTopology(DEFINITION, new ModelSlot(FakeDenoiser.of(HALF, 0.5f, 0f)), WindowTap.NONE);
    private int sent;

    /** A frame of one brightness, but for the pixel in its middle. */
    private void send(float brightness, float middle) {
        float[] frame = new float[9];
        Arrays.fill(frame, brightness);
        frame[4] = middle;
        topology.send("camera", TestTopology.f32(frame), START_MS + 10L * sent++);
    }

    private static String quality(TestRecord<byte[], byte[]> record) {
        return TestTopology.header(record.headers(), "limpid-quality");
    }

    @Test
    void the_median_takes_over_by_the_second_frame_out_of_range_and_the_model_comes_back_by_the_fourth_in_it() {
        try (topology) {
            for (float brightness : new float[] {1, 1, 1, 10, 10, 10, 10, 1, 1, 1, 1, 1}) {
                send(brightness, 3 * brightness);
            }

            List<TestRecord<byte[], byte[]>> cleaned = topology.read("cleaned");
            assertThat(cleaned.stream().map(FrameGuardTest::quality))
                    .containsExactly(
                            "cleaned",
                            "cleaned",
                            "cleaned",
                            "cleaned",
                            "fallback",
                            "fallback",
                            "fallback",
                            "fallback",
                            "fallback",
                            "fallback",
                            "cleaned",
                            "cleaned");
            assertThat(middle(cleaned.get(3))).as("half of it").isEqualTo(15);
            assertThat(middle(cleaned.get(4))).as("the median of the nine").isEqualTo(10);
            assertThat(middle(cleaned.get(10))).as("half of it").isEqualTo(1.5f);
            assertThat(topology.read("dead")).isEmpty();
        }
    }

    @Test
    void where_the_model_fails_the_median_stands_in_and_the_frame_is_a_dead_letter_too() {
        try (topology) {
            send(1, FakeDenoiser.POISON);
            send(1, 1);

            List<TestRecord<byte[], byte[]>> cleaned = topology.read("cleaned");
            assertThat(cleaned.stream().map(FrameGuardTest::quality)).containsExactly("fallback", "cleaned");
            assertThat(middle(cleaned.get(0))).isEqualTo(1);
            assertThat(topology.read("dead")).hasSize(1);
        }
    }

    private static float middle(TestRecord<byte[], byte[]> record) {
        return TestTopology.floats(record.value())[4];
    }
}
