package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.kafka.PipelineTopology;
import dev.limpid.kafka.Wiring;
import dev.limpid.model.Denoiser;
import dev.limpid.model.FakeDenoiser;
import dev.limpid.model.ModelSlot;
import dev.limpid.onnx.ModelRefused;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.SeriesKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The topology, committing after every record, and {@code limpid denoise}, in batches of 64, give the same bytes for the same
 * rows: JSON and CSV write values in the same way.
 */
final class OfflineEqualsOnlineTest {
    private static final int ROWS = 3_000;

    @TempDir
    Path folder;

    /** Late, duplicate, missing samples and gaps among them; the model's answer depends on the place in the window. */
    private static List<String[]> rows() {
        Random random = new Random(5);
        List<String[]> rows = new ArrayList<>();
        double timeMs = 1_700_000_000_000L;
        for (int i = 0; i < ROWS; i++) {
            timeMs += random.nextInt(400) == 0 ? 400 + random.nextInt(4_000) : 1_000 / 360.0;
            double at = random.nextInt(50) == 0 ? timeMs - random.nextInt(200) : timeMs;
            String value = random.nextInt(30) == 0 ? "" : Float.toString((float) (random.nextGaussian() * 1e3));
            rows.add(new String[] {Long.toString((long) at), value});
        }
        return rows;
    }

    @Test
    void a_model_made_by_hand() throws Exception {
        Definition definition = DefinitionLoader.parse(
                "p.yaml",
                "pipeline: p\ninput: {channels: [lead], sample-rate-hz: 360}\nwindow: {length: 64, hop: 24, lookahead: 40}",
                Map.of());
        compare(definition, () -> FakeDenoiser.of(FakeDenoiser.spec("m", "1", 1, 64, true), 0.3f, 0.01f));
    }

    @Test
    void the_shipped_model() throws Exception {
        Path file = Path.of("topology/ecg.yaml");
        Definition definition = DefinitionLoader.load(file, Map.of());
        compare(definition, () -> {
            try {
                return ModelOpening.open(file, definition, null).denoiser();
            } catch (ModelRefused e) {
                throw new AssertionError(e);
            }
        });
    }

    private void compare(Definition definition, Supplier<Denoiser> model) throws Exception {
        List<String[]> rows = rows();
        List<String> offline;
        List<String> online;
        try (ModelSlot slot = new ModelSlot(model.get())) {
            offline = offline(definition, slot, rows);
            online = online(definition, slot, rows);
        }
        assertThat(online).hasSizeBetween(ROWS - 2 * definition.window().length(), ROWS);
        int changed = 0;
        for (int i = 0; i < online.size(); i++) {
            String[] row = rows.get(i);
            String cell = offline.get(i).substring(offline.get(i).indexOf(',') + 1);
            String original = json(row);
            String cleaned = original.replace(
                    "\"lead\":" + (row[1].isEmpty() ? "null" : row[1]), "\"lead\":" + (cell.isEmpty() ? "null" : cell));
            String got = online.get(i);
            assertThat(
                            got.equals(original)
                                    ? cell.equals(row[1])
                                    : got.startsWith(cleaned.substring(0, cleaned.length() - 1)))
                    .as("row %d: %s offline, %s online", i, offline.get(i), got)
                    .isTrue();
            changed += got.equals(original) ? 0 : 1;
        }
        assertThat(changed).isGreaterThan(ROWS / 2);
    }

    private static String json(String[] row) {
        return "{\"ts\":" + row[0] + ",\"lead\":" + (row[1].isEmpty() ? "null" : row[1]) + "}";
    }

    private static List<String> offline(Definition definition, ModelSlot slot, List<String[]> rows) throws IOException {
        StringBuilder csv = new StringBuilder("timestamp,lead\n");
        rows.forEach(row -> csv.append(row[0]).append(',').append(row[1]).append('\n'));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayInputStream in = new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8));
        new CsvDenoise(definition, false, slot, in, out).run(new CsvDenoise.Listener() {
            @Override
            public void cleaned(SeriesKey series, int lane, long firstRow, CleanedBlock block) {}

            @Override
            public void score(SeriesKey series, WindowScore score) {}
        });
        return out.toString(StandardCharsets.UTF_8).lines().skip(1).toList();
    }

    private List<String> online(Definition definition, ModelSlot slot, List<String[]> rows) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        try (TopologyTestDriver driver =
                new TopologyTestDriver(PipelineTopology.build(Wiring.of(definition, slot)), properties)) {
            TestInputTopic<byte[], byte[]> input = driver.createInputTopic(
                    definition.input().topic(), new ByteArraySerializer(), new ByteArraySerializer());
            for (String[] row : rows) {
                input.pipeInput(new byte[] {'s'}, json(row).getBytes(StandardCharsets.UTF_8), Long.parseLong(row[0]));
            }
            return driver
                    .createOutputTopic(
                            definition.output().cleaned(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readValuesToList()
                    .stream()
                    .map(value -> new String(value, StandardCharsets.UTF_8))
                    .toList();
        }
    }
}
