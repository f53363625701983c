package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.codec.Pictures;
import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.model.ChannelSpec;
import dev.limpid.model.Denoiser;
import dev.limpid.model.ModelId;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Outputs;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.Vocabulary;
import dev.limpid.model.WindowBatch;
import dev.limpid.model.WindowRange;
import dev.limpid.pipeline.WindowTap;
import dev.limpid.signal.Floats;
import dev.limpid.signal.Kind;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a model of frames gives beside clean ones, each to its own topic. */
class FrameDetailsTest {
    private static final long START_MS = 1_700_000_000_000L;

    /** {@code clean = x / 2}, the vector is the window's first value and its greatest place. */
    private record Telling(int length) implements Denoiser {
        @Override
        public ModelSpec spec() {
            return new ModelSpec(
                    new ModelId("half", "1", "0123456789abcdef"),
                    length,
                    List.of(new ChannelSpec("grey", "", 1)),
                    false,
                    false,
                    Floats.of(),
                    WindowRange.UNKNOWN,
                    new Kind.Frame(2, 3, length / 6),
                    new Outputs(false, false, false, false, false, false, 2),
                    Vocabulary.EMPTY);
        }

        @Override
        public void denoise(WindowBatch batch, int from, int to, Reconstruction out) {
            for (int i = from * length; i < to * length; i++) {
                out.clean().put(i, batch.x().get(i) / 2);
            }
            for (int window = from; window < to; window++) {
                out.embedding(2).put(2 * window, batch.x().get(window * length));
                out.embedding(2).put(2 * window + 1, length);
            }
        }

        @Override
        public void close() {}
    }

    private static Definition definition(String format, int frames, String output) {
        return DefinitionLoader.parse(
                "p.yaml",
                """
                pipeline: p
                kind: frame
                input: { topic: raw, channels: [grey], height: 2, width: 3, format: %s%s }
                window: { frames: %d }
                output: { cleaned: cleaned, dead-letters: dead, scores: scores, alerts: alerts%s }
                """
                        .formatted(
                                format,
                                format.equals("u8") || format.equals("image") ? ", range: [0, 255]" : "",
                                frames,
                                output),
                Map.of());
    }

    @Test
    void the_latent_vector_of_each_window_goes_to_its_topic() {
        Definition definition = definition("f32", 2, ", embeddings: latent");
        try (ModelSlot slot = new ModelSlot(new Telling(12));
                TestTopology topology = new TestTopology(definition, slot, WindowTap.NONE)) {
            // When
            topology.send("k", TestTopology.f32(1, 2, 3, 4, 5, 6), START_MS);
            topology.send("k", TestTopology.f32(7, 8, 9, 10, 11, 12), START_MS + 10);
            topology.send("k", TestTopology.f32(0, 0, 0, 0, 0, 1), START_MS + 20);

            // Then
            List<TestRecord<byte[], byte[]>> vectors = topology.read("latent");
            assertThat(vectors).hasSize(2);
            assertThat(TestTopology.floats(vectors.get(0).value())).containsExactly(1f, 12f);
            assertThat(TestTopology.floats(vectors.get(1).value())).containsExactly(7f, 12f);
            assertThat(vectors.get(1).timestamp()).isEqualTo(START_MS + 20);
            assertThat(new String(vectors.get(1).key())).isEqualTo("k");
            assertThat(TestTopology.header(vectors.get(0).headers(), "limpid-model"))
                    .startsWith("half:1@");
            assertThat(topology.read("cleaned")).hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource({"f32", "u8", "image", "json"})
    void the_heat_map_of_the_newest_frame_comes_in_the_encoding_of_the_input(String format) {
        Definition definition = definition(format, 2, ", heat-maps: heat");
        try (ModelSlot slot = new ModelSlot(new Telling(12));
                TestTopology topology = new TestTopology(definition, slot, WindowTap.NONE)) {
            // When
            topology.send("k", value(format, 10), START_MS);
            topology.send("k", value(format, 100), START_MS + 10);

            // Then: half of 100 and so on
            List<TestRecord<byte[], byte[]>> maps = topology.read("heat");
            assertThat(maps).hasSize(1);
            byte[] map = maps.get(0).value();
            switch (format) {
                case "f32" -> assertThat(TestTopology.floats(map)).containsExactly(50f, 51f, 52f, 53f, 54f, 55f);
                case "u8" -> assertThat(map).containsExactly(50, 51, 52, 53, 54, 55);
                case "image" ->
                    assertThat(Pictures.read(map).getRaster().getPixels(0, 0, 3, 2, (int[]) null))
                            .containsExactly(50, 51, 52, 53, 54, 55);
                default -> assertThat(new String(map)).isEqualTo("[50.0,51.0,52.0,53.0,54.0,55.0]");
            }
        }
    }

    private static byte[] value(String format, int first) {
        int[] pixels = new int[6];
        float[] floats = new float[6];
        byte[] bytes = new byte[6];
        for (int i = 0; i < 6; i++) {
            pixels[i] = first + 2 * i;
            floats[i] = pixels[i];
            bytes[i] = (byte) pixels[i];
        }
        return switch (format) {
            case "f32" -> TestTopology.f32(floats);
            case "u8" -> bytes;
            case "image" -> Pictures.png(Pictures.image(2, 3, 1, false, pixels));
            default -> java.util.Arrays.toString(pixels).getBytes();
        };
    }
}
