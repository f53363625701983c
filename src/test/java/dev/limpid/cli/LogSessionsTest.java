package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.codec.Decoder;
import dev.limpid.codec.Decoders;
import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.demo.LogStyle;
import dev.limpid.model.Vocabulary;
import dev.limpid.signal.Block;
import dev.limpid.train.tokens.SessionFile;
import dev.limpid.train.tokens.Sessions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions of raw log lines, and what the pipeline makes of the same lines. */
class LogSessionsTest {
    private static final Definition DEFINITION = DefinitionLoader.parse(
            "p.yaml", "pipeline: p\nkind: tokens\ninput: {format: drain}\nwindow: {length: 16}\n", Map.of());

    @TempDir
    Path folder;

    /** Lines of a system; or of so few words that most are like several templates. */
    private static List<String> lines(String name, SplittableRandom random) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            if (name.equals("muddle")) {
                StringBuilder line = new StringBuilder("10:11:12 WARN");
                for (int word = 0; word < 5; word++) {
                    line.append(' ').append(random.nextInt(5) == 0 ? "7" : "" + (char) ('a' + random.nextInt(6)));
                }
                lines.add(line.toString());
            } else {
                LogStyle style = LogStyle.of(name);
                lines.add(style.line(style.draw(random), random));
            }
        }
        return lines;
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @CsvSource({"hdfs,1", "linux,2", "zookeeper,3", "muddle,4", "muddle,5"})
    void each_line_is_the_token_that_it_will_be_when_the_model_serves(String name, long seed) throws Exception {
        // Given: a model that knows what the first third holds
        List<String> lines = lines(name, new SplittableRandom(seed));
        Path before = Files.write(folder.resolve("before.log"), lines.subList(0, 1_000));
        Path file = Files.write(folder.resolve("all.log"), lines);
        Vocabulary first = Sessions.of(
                        LogSessions.read(DEFINITION, List.of(before), Vocabulary.EMPTY, new ArrayList<>()))
                .vocabulary();
        List<String> problems = new ArrayList<>();

        // When
        List<SessionFile> read = LogSessions.read(DEFINITION, List.of(file), first, problems);
        Vocabulary model = Sessions.of(read).counted(first);
        Decoder serving = Decoders.of(DEFINITION, model);
        Block block = new Block(1);
        List<String> served = new ArrayList<>();
        for (String line : lines) {
            serving.decode(line.getBytes(StandardCharsets.UTF_8), 0, block);
            served.add(block.value(0, 0) < 3 ? "none" : model.token((int) block.value(0, 0)));
        }

        // Then
        assertThat(problems).isEmpty();
        assertThat(read.get(0).sessions()).hasSize(1);
        assertThat(served).isEqualTo(read.get(0).sessions().get(0));
    }

    @Test
    void an_empty_row_ends_a_session_and_a_line_that_no_pipeline_would_take_is_named() throws Exception {
        // Given
        String tooLong = "x".repeat(200_000);
        Path file = Files.writeString(
                folder.resolve("a.log"),
                "\n10:11:12 INFO took 7 ms\n\n\n10:11:13 INFO took 8 ms\nended\n" + tooLong + "\n");
        List<String> problems = new ArrayList<>();

        // When
        List<SessionFile> read = LogSessions.read(DEFINITION, List.of(file), Vocabulary.EMPTY, problems);

        // Then
        assertThat(read.get(0).sessions()).containsExactly(List.of("took <*> ms"), List.of("took <*> ms", "ended"));
        assertThat(problems).containsExactly("a.log, line 7: size: 200000 bytes, at most 196608");
    }
}
