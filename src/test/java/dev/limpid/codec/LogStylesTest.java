package dev.limpid.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.demo.LogStyle;
import dev.limpid.model.Vocabulary;
import dev.limpid.signal.Block;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Log lines as they come, headers and all, through the decoder that the pipeline has. */
class LogStylesTest {
    private static final int LINES = 5_000;
    private static final int ROUNDS = 40;
    private static final double LEAST_LINES_PER_SECOND = 100_000;
    private static final Definition DEFINITION = DefinitionLoader.parse(
            "p.yaml", "pipeline: p\nkind: tokens\ninput: {format: drain}\nwindow: {length: 16}\n", Map.of());

    /** Lines of a style and their statements. */
    private record Log(List<byte[]> lines, List<Integer> statements) {
        static Log of(String style, long seed) {
            LogStyle of = LogStyle.of(style);
            SplittableRandom random = new SplittableRandom(seed);
            List<byte[]> lines = new ArrayList<>();
            List<Integer> statements = new ArrayList<>();
            for (int i = 0; i < LINES; i++) {
                int statement = of.draw(random);
                statements.add(statement);
                lines.add(of.line(statement, random).getBytes(StandardCharsets.UTF_8));
            }
            return new Log(lines, statements);
        }

        LogLearner learned() {
            LogLearner learner = new LogLearner(Vocabulary.EMPTY);
            ids(Decoders.hearing(DEFINITION, learner::learn));
            return learner;
        }

        List<Integer> ids(Decoder decoder) {
            Block block = new Block(1);
            List<Integer> ids = new ArrayList<>();
            for (byte[] line : lines) {
                String problem = decoder.decode(line, 0, block);
                ids.add(problem == null ? (int) block.value(0, 0) : -1);
            }
            return ids;
        }
    }

    /** The first seven are those looked at while the learner was written, the others those held back. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "hdfs, 0.95",
        "bgl, 0.95",
        "ssh, 0.95",
        "linux, 0.95",
        "apache, 0.95",
        "zookeeper, 0.95",
        "spark, 0.95",
        "hadoop, 0.95",
        "android, 0.95",
        "mac, 0.95",
        "windows, 0.95",
        "healthapp, 0.95",
        "hpc, 0.95",
        "spring, 0.95",
        "postgres, 0.95",
        "rfc5424, 0.95",
        "klog, 0.95",
        // two statements that differ in nothing but a path with digits
        "openstack, 0.6",
        // first words that vary without a digit
        "thunderbird, 0.85",
        "proxifier, 0.8"
    })
    void lines_of_one_statement_are_one_token_whatever_the_header(String style, double least) {
        for (long seed = 1; seed <= 3; seed++) {
            // Given
            Log log = Log.of(style, seed);

            // When
            List<Integer> ids = log.ids(Decoders.of(DEFINITION, log.learned().vocabulary()));

            // Then
            double accuracy = GroupingAccuracy.of(log.statements(), ids);
            System.out.printf("drain: %s, seed %d: grouping accuracy %.3f%n", style, seed, accuracy);
            assertThat(accuracy).as("seed %d", seed).isGreaterThanOrEqualTo(least);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hdfs", "linux", "openstack"})
    void a_core_learns_and_decodes_many_lines_a_second(String style) {
        // Given
        Log log = Log.of(style, 1);
        Decoder decoder = Decoders.of(DEFINITION, log.learned().vocabulary());

        // When: by the time that this thread had, of the fastest round, for compilers come late on a busy machine
        double learned = 0;
        double decoded = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = cpuNanos();
            log.learned();
            long between = cpuNanos();
            log.ids(decoder);
            learned = Math.max(learned, LINES / ((between - start) / 1e9));
            decoded = Math.max(decoded, LINES / ((cpuNanos() - between) / 1e9));
        }

        // Then
        System.out.printf("drain: %s: %,.0f lines/s learned, %,.0f decoded%n", style, learned, decoded);
        assertThat(learned).isGreaterThan(LEAST_LINES_PER_SECOND);
        assertThat(decoded).isGreaterThan(LEAST_LINES_PER_SECOND);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
