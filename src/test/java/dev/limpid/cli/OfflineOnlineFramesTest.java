package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.codec.Decoder;
import dev.limpid.codec.Decoders;
import dev.limpid.codec.Pictures;
import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.kafka.Counts;
import dev.limpid.kafka.Limits;
import dev.limpid.kafka.PipelineTopology;
import dev.limpid.kafka.Wiring;
import dev.limpid.model.ModelSlot;
import dev.limpid.onnx.TinyModel;
import dev.limpid.signal.Block;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code limpid denoise} and the topology give the same frames, and take the same model. */
class OfflineOnlineFramesTest {
    private static final int FRAMES = 9;
    private static final int HEIGHT = 3;
    private static final int WIDTH = 4;
    /** A pixel of the first channel that never changes. */
    private static final int STUCK = 5;

    private static final int AFTER = 3;

    @TempDir
    Path folder;

    private final List<int[]> bytes = new ArrayList<>();

    @ParameterizedTest(name = "{0}, {1} frames a window, {2} channels")
    @CsvSource({"f32,1,1", "f32,3,1", "f32,2,3", "u8,1,1", "u8,2,3", "image,1,1", "image,2,3", "json,1,3"})
    void the_topology_gives_what_denoise_gives(String format, int frames, int channels) throws Exception {
        // Given
        Path file = definition(format, frames, channels);
        Definition definition = DefinitionLoader.load(file, Map.of());
        Path input = folder.resolve("in.csv.gz");
        write(input, channels);
        Path cleaned = folder.resolve("out.csv");

        // When
        int status = Limpid.commandLine()
                .execute("denoise", file.toString(), "--input", input.toString(), "--cleaned", cleaned.toString());
        List<byte[]> online = online(file, definition);

        // Then
        assertThat(status).isZero();
        List<String> rows = Files.readAllLines(cleaned);
        assertThat(rows).hasSize(FRAMES);
        assertThat(online).hasSize(FRAMES);
        for (int i = 0; i < FRAMES; i++) {
            List<Float> offline = new ArrayList<>();
            for (String cell : rows.get(i).split(",")) {
                offline.add(Float.parseFloat(cell));
            }
            // a byte is the nearest to half of one
            double tolerance = format.equals("u8") || format.equals("image") ? 0.5 : 0;
            List<Float> values = decoded(definition, online.get(i));
            // then the model sees the pixel before in its place
            int seen = bytes.get(i)[i < AFTER ? STUCK : STUCK - 1];
            assertThat(offline.get(STUCK)).as("frame %d", i).isEqualTo(seen / 2f);
            for (int v = 0; v < values.size(); v++) {
                assertThat(Math.abs(values.get(v) - offline.get(v)))
                        .as("frame %d, value %d", i, v)
                        .isLessThanOrEqualTo((float) tolerance);
            }
        }
    }

    @Test
    void a_row_that_is_no_frame_is_told_and_nothing_is_written() throws Exception {
        Path file = definition("f32", 1, 1);
        Path input = Files.writeString(folder.resolve("in.csv"), "1,2,3,4,5,6,7,8,9,10,11,12\n1,2\n");
        Path cleaned = folder.resolve("out.csv");

        int status = Limpid.commandLine()
                .execute("denoise", file.toString(), "--input", input.toString(), "--cleaned", cleaned.toString());

        assertThat(status).isEqualTo(1);
        assertThat(cleaned).doesNotExist();
    }

    @Test
    void a_model_of_another_rank_is_refused() throws Exception {
        Path file = definition("f32", 1, 1);
        Files.write(folder.resolve("half.onnx"), TinyModel.halving(1, 12).bytes());
        Path input = Files.writeString(folder.resolve("in.csv"), "");

        int status = Limpid.commandLine()
                .execute("denoise", file.toString(), "--input", input.toString(), "--cleaned", folder + "/out.csv");

        assertThat(status).isEqualTo(1);
    }

    @Test
    void a_model_without_the_latent_vectors_that_a_topic_is_to_have_is_refused() throws Exception {
        Path file = definition("f32", 1, 1);
        Files.writeString(file, Files.readString(file) + "output: { embeddings: latent }\n");
        Path input = Files.writeString(folder.resolve("in.csv"), "");

        int status = Limpid.commandLine()
                .execute("denoise", file.toString(), "--input", input.toString(), "--cleaned", folder + "/out.csv");

        assertThat(status).isEqualTo(1);
    }

    private Path definition(String format, int frames, int channels) throws Exception {
        Files.write(
                folder.resolve("half.onnx"),
                TinyModel.frames(0.5f, channels, HEIGHT, WIDTH, frames).bytes());
        String names = channels == 1 ? "[c0]" : "[c0, c1, c2]";
        String range = format.equals("u8") || format.equals("image") ? ", range: [0, 255]" : "";
        return Files.writeString(
                folder.resolve("frames.yaml"),
                """
                pipeline: frames
                kind: frame
                input: { topic: raw, format: %s, channels: %s, height: %d, width: %d, stuck-after: 3%s }
                window: { frames: %d }
                model: { bundled: half.onnx }
                """
                        .formatted(format, names, HEIGHT, WIDTH, range, frames));
    }

    private void write(Path input, int channels) throws Exception {
        Random random = new Random(3);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(input))) {
            for (int i = 0; i < FRAMES; i++) {
                int[] frame = random.ints(channels * HEIGHT * WIDTH, 0, 256).toArray();
                frame[STUCK] = 255;
                bytes.add(frame);
                StringBuilder row = new StringBuilder();
                for (int value : frame) {
                    row.append(row.length() == 0 ? "" : ",").append(value);
                }
                out.write(row.append('\n').toString().getBytes());
            }
        }
    }

    private List<byte[]> online(Path file, Definition definition) throws Exception {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "frames");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.resolve("state").toString());
        try (ModelSlot slot =
                new ModelSlot(ModelOpening.open(file, definition, null).denoiser())) {
            Wiring wiring = new Wiring(
                    definition, slot, definition.maxWindows(), Limits.DEFAULT, partition -> true, new Counts());
            try (TopologyTestDriver driver = new TopologyTestDriver(PipelineTopology.build(wiring), properties)) {
                TestInputTopic<byte[], byte[]> topic =
                        driver.createInputTopic("raw", new ByteArraySerializer(), new ByteArraySerializer());
                for (int i = 0; i < FRAMES; i++) {
                    topic.pipeInput(new byte[] {'k'}, encoded(definition, bytes.get(i)), 1_700_000_000_000L + i);
                }
                return driver.createOutputTopic(
                                definition.output().cleaned(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                        .readValuesToList();
            }
        }
    }

    /** A frame of planes in the pipeline's format. */
    private static byte[] encoded(Definition definition, int[] planes) {
        int channels = definition.input().channels().size();
        int pixels = HEIGHT * WIDTH;
        return switch (definition.input().format()) {
            case F32 -> {
                ByteBuffer buffer = ByteBuffer.allocate(4 * planes.length).order(ByteOrder.LITTLE_ENDIAN);
                for (int value : planes) {
                    buffer.putFloat(value);
                }
                yield buffer.array();
            }
            case U8 -> {
                byte[] all = new byte[planes.length];
                for (int i = 0; i < all.length; i++) {
                    all[i] = (byte) planes[i];
                }
                yield all;
            }
            case IMAGE -> {
                int[] samples = new int[planes.length];
                for (int i = 0; i < samples.length; i++) {
                    samples[i] = planes[i % channels * pixels + i / channels];
                }
                yield Pictures.png(Pictures.image(HEIGHT, WIDTH, channels, false, samples));
            }
            default -> java.util.Arrays.toString(planes).getBytes();
        };
    }

    private static List<Float> decoded(Definition definition, byte[] value) {
        Decoder decoder = Decoders.of(definition.input(), definition.series());
        int channels = definition.input().channels().size();
        Block block = new Block(channels);
        assertThat(decoder.decode(value, 0, block)).isNull();
        List<Float> planes = new ArrayList<>();
        for (int channel = 0; channel < channels; channel++) {
            for (int pixel = 0; pixel < block.length(); pixel++) {
                planes.add(block.value(pixel, channel));
            }
        }
        return planes;
    }
}
