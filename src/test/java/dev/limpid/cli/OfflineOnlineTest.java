package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.kafka.Counts;
import dev.limpid.kafka.Limits;
import dev.limpid.kafka.PipelineTopology;
import dev.limpid.kafka.Wiring;
import dev.limpid.model.ModelSlot;
import dev.limpid.pipeline.Granularity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The second promise of the README: {@code limpid denoise} and the topology give the same values for the same input. The test
 * driver commits after every record, so online every batch holds few windows, offline up to 64: it tests the shipped model too.
 */
class OfflineOnlineTest {
    private static final Path TOPOLOGY = Path.of("topology", "ecg.yaml");
    private static final int SAMPLES = 2_500;
    private static final List<String> SERIES = List.of("a", "b", "c");
    private static final long START_MS = 1_700_000_000_000L;

    @TempDir
    static Path folder;

    private static Path input;

    @BeforeAll
    static void three_noisy_series_with_missing_values() throws IOException {
        Random random = new Random(7);
        List<String> lines = new ArrayList<>(List.of(String.join(",", SERIES)));
        for (int i = 0; i < SAMPLES; i++) {
            List<String> cells = new ArrayList<>();
            for (int series = 0; series < SERIES.size(); series++) {
                double value = Math.sin(i * 0.02 * (series + 1)) + 0.3 * random.nextGaussian();
                cells.add(random.nextInt(50) == 0 ? "" : String.format(Locale.ROOT, "%.4f", value));
            }
            lines.add(String.join(",", cells));
        }
        input = Files.write(folder.resolve("in.csv"), lines);
    }

    @ParameterizedTest
    @EnumSource
    void the_topology_gives_what_denoise_gives(Granularity granularity) throws Exception {
        // Given
        Path cleaned = folder.resolve("cleaned-" + granularity + ".csv");

        // When
        int status = Limpid.commandLine()
                .execute(
                        "denoise",
                        TOPOLOGY.toString(),
                        "--input",
                        input.toString(),
                        "--cleaned",
                        cleaned.toString(),
                        "--each-column");
        List<List<Float>> online = online(granularity);

        // Then
        assertThat(status).isZero();
        assertThat(online).isEqualTo(columns(cleaned)).allSatisfy(series -> assertThat(series)
                .hasSize(SAMPLES));
    }

    @Test
    void the_comparison_can_fail() throws IOException {
        assertThat(columns(input).get(0)).isNotEqualTo(columns(input).get(1));
    }

    private static List<List<Float>> online(Granularity granularity) throws Exception {
        Definition definition = DefinitionLoader.load(
                TOPOLOGY, Map.of("LIMPID_OUTPUT_GRANULARITY", granularity.name().toLowerCase(Locale.ROOT)));
        List<List<Float>> raw = columns(input);
        try (ModelSlot slot = new ModelSlot(
                        ModelOpening.open(TOPOLOGY, definition, null).denoiser());
                TopologyTestDriver driver = driver(definition, slot)) {
            TestInputTopic<String, String> topic =
                    driver.createInputTopic(definition.input().topic(), new StringSerializer(), new StringSerializer());
            for (int i = 0; i < SAMPLES; i++) {
                long timestampMs = START_MS + Math.round(i * 1000 / 360.0);
                for (int series = 0; series < SERIES.size(); series++) {
                    float value = raw.get(series).get(i);
                    topic.pipeInput(
                            SERIES.get(series),
                            "{\"lead\":" + (Float.isNaN(value) ? "null" : value) + "}",
                            timestampMs);
                }
            }
            driver.advanceWallClockTime(Duration.ofSeconds(3));
            driver.advanceWallClockTime(Duration.ofSeconds(3));
            return values(driver.createOutputTopic(
                    definition.output().cleaned(), new StringDeserializer(), new StringDeserializer()));
        }
    }

    private static TopologyTestDriver driver(Definition definition, ModelSlot slot) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "offline-online");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.resolve("state").toString());
        Wiring wiring =
                new Wiring(definition, slot, definition.maxWindows(), Limits.DEFAULT, partition -> true, new Counts());
        return new TopologyTestDriver(PipelineTopology.build(wiring), properties);
    }

    private static List<List<Float>> values(TestOutputTopic<String, String> topic) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<List<Float>> values = new ArrayList<>();
        SERIES.forEach(series -> values.add(new ArrayList<>()));
        for (var record : topic.readRecordsToList()) {
            JsonNode value = json.readTree(record.value().getBytes(StandardCharsets.UTF_8));
            List<Float> of = values.get(SERIES.indexOf(record.key()));
            if (value.has("lead")) {
                of.add(number(value.get("lead")));
            } else {
                value.get("samples").forEach(sample -> of.add(number(sample.isArray() ? sample.get(0) : sample)));
            }
        }
        return values;
    }

    private static float number(JsonNode node) {
        return node.isNull() ? Float.NaN : Float.parseFloat(node.asText());
    }

    private static List<List<Float>> columns(Path csv) throws IOException {
        List<List<Float>> columns = new ArrayList<>();
        SERIES.forEach(series -> columns.add(new ArrayList<>()));
        List<String> lines = Files.readAllLines(csv);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            for (int series = 0; series < SERIES.size(); series++) {
                columns.get(series).add(cells[series].isEmpty() ? Float.NaN : Float.parseFloat(cells[series]));
            }
        }
        return columns;
    }
}
