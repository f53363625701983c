package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.kafka.Counts;
import dev.limpid.kafka.Limits;
import dev.limpid.kafka.PipelineTopology;
import dev.limpid.kafka.Wiring;
import dev.limpid.model.FakeTokens;
import dev.limpid.model.ModelSlot;
import dev.limpid.onnx.MuddledTokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code limpid denoise} and the topology give the same bytes of tokens, and {@code limpid score} the same scores. */
class OfflineOnlineTokensTest {
    private static final List<String> TOKENS = List.of("t0", "t1", "t2", "t3", "t4");
    private static final int RECORDS = 60;

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}, a session by {1}")
    @CsvSource({
        "text,record",
        "text,gap",
        "text,marker t4",
        "text,length 20",
        "json,record",
        "json,gap",
        "json,marker t4",
        "json,length 20",
        "csv,gap",
        "csv,marker t4"
    })
    void the_topology_gives_the_bytes_that_denoise_gives(String format, String session) throws Exception {
        // Given
        Path file = definition(format, session);
        List<String> records = records(format);
        Path input = Files.write(folder.resolve("in.txt"), records);
        Path cleaned = folder.resolve("out.txt");

        // When
        int status = Limpid.commandLine()
                .execute("denoise", file.toString(), "--input", input.toString(), "--cleaned", cleaned.toString());
        Online online = online(file, records, false);

        // Then
        assertThat(status).isZero();
        assertThat(Files.readAllLines(cleaned)).isEqualTo(online.cleaned()).hasSize(RECORDS);
        assertThat(online.cleaned()).isNotEqualTo(records);
        assertThat(online.cleaned().stream().anyMatch(line -> line.contains("\"count\":2,")))
                .isEqualTo(format.equals("json"));
    }

    @ParameterizedTest
    @CsvSource({"8,8", "8,2", "64,16"})
    void the_topology_gives_the_scores_that_score_gives(int length, int hop) throws Exception {
        // Given
        Path file = definition("text", "record", length, hop);
        List<String> records = records("text");
        Path input = Files.write(folder.resolve("in.txt"), records);
        Path scores = folder.resolve("scores.csv");

        // When
        int status = Limpid.commandLine()
                .execute("score", file.toString(), "--input", input.toString(), "--scores", scores.toString());
        Online online = online(file, records, true);

        // Then
        assertThat(status).isZero();
        List<String> rows = Files.readAllLines(scores);
        assertThat(rows.subList(1, rows.size()))
                .extracting(row -> row.split(",")[1])
                .isEqualTo(online.greatest());
    }

    private Path definition(String format, String session) throws Exception {
        return definition(format, session, 8, 2);
    }

    private Path definition(String format, String session, int length, int hop) throws Exception {
        Files.write(
                folder.resolve("tiny.onnx"),
                MuddledTokens.of(length, FakeTokens.vocabulary(TOKENS.toArray(String[]::new)))
                        .bytes());
        return Files.writeString(
                folder.resolve("p.yaml"),
                """
                pipeline: p
                kind: tokens
                input: { topic: raw, format: %s }
                window: { length: %d, hop: %d }
                tokens: { replace-above: 0.8, report-missing-above: 0.9, session: { by: %s } }
                model: { bundled: tiny.onnx }
                """
                        .formatted(format, length, hop, session));
    }

    private static List<String> records(String format) {
        Random random = new Random(5);
        List<String> records = new ArrayList<>();
        for (int record = 0; record < RECORDS; record++) {
            List<String> words = new ArrayList<>();
            int count = format.equals("csv") ? 1 : 1 + random.nextInt(30);
            for (int i = 0; i < count; i++) {
                int which = random.nextInt(8);
                words.add(which < 5 ? TOKENS.get(which) : which == 5 ? "unheard-of" : which == 6 ? "[MASK]" : "t1");
            }
            records.add(
                    switch (format) {
                        case "json" ->
                            "{\"n\":" + record + ",\"tokens\":[\""
                                    + String.join("\",\"", words).replace("\"[MASK]\"", "null") + "\"]}";
                        case "csv" -> words.get(0).replace("[MASK]", "");
                        default -> String.join(" ", words);
                    });
        }
        // an empty line is no record
        records.replaceAll(record -> record.isEmpty() ? "t2" : record);
        return records;
    }

    /** What left, and the greatest score of each series' windows. */
    private record Online(List<String> cleaned, List<String> greatest) {}

    /** @param apart whether each record is a series of its own */
    private Online online(Path file, List<String> records, boolean apart) throws Exception {
        Definition definition = DefinitionLoader.load(file, Map.of());
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "tokens");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.resolve("state").toString());
        try (ModelSlot slot =
                new ModelSlot(ModelOpening.open(file, definition, null).denoiser())) {
            Wiring wiring = new Wiring(
                    definition, slot, definition.maxWindows(), Limits.DEFAULT, partition -> true, new Counts());
            try (TopologyTestDriver driver = new TopologyTestDriver(PipelineTopology.build(wiring), properties)) {
                TestInputTopic<String, String> topic =
                        driver.createInputTopic("raw", new StringSerializer(), new StringSerializer());
                for (int i = 0; i < records.size(); i++) {
                    topic.pipeInput(apart ? "k" + i : "k", records.get(i), 1_700_000_000_000L + i);
                }
                driver.advanceWallClockTime(Duration.ofDays(1));
                driver.advanceWallClockTime(Duration.ofDays(1));
                List<String> cleaned = driver.createOutputTopic(
                                definition.output().cleaned(), new StringDeserializer(), new StringDeserializer())
                        .readValuesToList();
                Map<String, Double> greatest = new LinkedHashMap<>();
                driver.createOutputTopic("p.scores", new StringDeserializer(), new StringDeserializer())
                        .readKeyValuesToList()
                        .forEach(score -> greatest.merge(
                                score.key,
                                Double.parseDouble(score.value.replaceAll(".*\"score\":([0-9.]+).*", "$1")),
                                Math::max));
                return new Online(
                        cleaned,
                        greatest.values().stream().map(Object::toString).toList());
            }
        }
    }
}
