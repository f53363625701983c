package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code limpid score} and {@code denoise} make of sessions that models/hdfs.onnx was not trained on. */
class ShippedHdfsModelTest {
    private static final Path DATA = Path.of("../shared/data/hdfs_tokens");
    private static final String MASKED = "[MASK]";
    private static final double SPOILT = 0.1;

    @TempDir
    private Path folder;

    /** Tokens, and how many of them are what they should be. */
    private record Restored(int tokens, int right) {
        double share() {
            return right / (double) Math.max(1, tokens);
        }
    }

    @Test
    void of_a_thousand_abnormal_sessions_at_most_one_is_missed_and_of_a_thousand_normal_ones_three_stand_out_at_most()
            throws IOException {
        // Given
        Path normal = data("test_normal.txt");
        Path abnormal = data("test_abnormal.txt");

        // When
        List<String> whole = scores(normal);
        List<String> broken = scores(abnormal);

        // Then
        assertThat(whole).hasSize(1_000);
        assertThat(broken).hasSize(16_838);
        assertThat(alerts(whole)).isLessThanOrEqualTo(3);
        assertThat(alerts(broken) / (double) broken.size()).isGreaterThanOrEqualTo(0.999);
    }

    @Test
    void most_masked_and_replaced_tokens_come_back_and_hardly_any_other_changes() throws IOException {
        // Given
        List<String[]> clean = Files.readAllLines(data("test_normal.txt")).stream()
                .map(line -> line.strip().split(" +", -1))
                .toList();
        List<String[]> masked = spoilt(clean, true);
        List<String[]> replaced = spoilt(clean, false);

        // When
        List<String[]> filled = cleaned(masked);
        List<String[]> found = cleaned(replaced);

        // Then
        assertThat(restored(clean, masked, filled, true).share()).isGreaterThanOrEqualTo(0.95);
        assertThat(restored(clean, replaced, found, true).share()).isGreaterThanOrEqualTo(0.8);
        assertThat(restored(clean, masked, filled, false).share()).isGreaterThanOrEqualTo(0.999);
        assertThat(restored(clean, replaced, found, false).share()).isGreaterThanOrEqualTo(0.999);
    }

    private static Path data(String name) {
        Path file = DATA.resolve(name);
        assumeTrue(Files.exists(file), "skipped: no " + DATA + " beside the checkout");
        return file;
    }

    /** A tenth of the tokens masked, or replaced by any other one. */
    private static List<String[]> spoilt(List<String[]> clean, boolean mask) {
        SplittableRandom random = new SplittableRandom(mask ? 1 : 2);
        TreeSet<String> known = new TreeSet<>();
        clean.forEach(session -> known.addAll(List.of(session)));
        List<String> all = List.copyOf(known);
        List<String[]> spoilt = new ArrayList<>();
        for (String[] session : clean) {
            String[] to = session.clone();
            for (int i = 0; i < to.length; i++) {
                if (random.nextDouble() < SPOILT) {
                    to[i] = mask ? MASKED : all.get(random.nextInt(all.size()));
                }
            }
            spoilt.add(to);
        }
        return spoilt;
    }

    /** Of the tokens that were spoilt, or of the others, those that are as they were. */
    private static Restored restored(
            List<String[]> clean, List<String[]> spoilt, List<String[]> cleaned, boolean ofSpoilt) {
        int tokens = 0;
        int right = 0;
        for (int session = 0; session < clean.size(); session++) {
            assertThat(cleaned.get(session)).hasSameSizeAs(clean.get(session));
            for (int i = 0; i < clean.get(session).length; i++) {
                if (spoilt.get(session)[i].equals(clean.get(session)[i]) != ofSpoilt) {
                    tokens++;
                    right += cleaned.get(session)[i].equals(clean.get(session)[i]) ? 1 : 0;
                }
            }
        }
        System.out.printf(
                "hdfs: of %,d %s tokens %,d are as they were%n", tokens, ofSpoilt ? "spoilt" : "untouched", right);
        return new Restored(tokens, right);
    }

    /** By the shipped definition, but for the layout of the records, each of which is a session. */
    private List<String[]> cleaned(List<String[]> sessions) throws IOException {
        String shipped = Files.readString(Path.of("topology/hdfs.yaml"));
        String text = shipped.replace("format: json", "format: text")
                .replaceFirst("(?m)^tokens:$", "tokens:\n  session: { by: record }")
                .replace(
                        "models/hdfs.onnx",
                        Path.of("models/hdfs.onnx").toAbsolutePath().toString());
        assertThat(text).contains("format: text", "by: record");
        Path definition = Files.writeString(folder.resolve("hdfs.yaml"), text);
        Path input = Files.write(
                folder.resolve("in.txt"),
                sessions.stream().map(session -> String.join(" ", session)).toList());
        Path output = folder.resolve("out.txt");
        run("denoise", definition.toString(), "--input", input.toString(), "--cleaned", output.toString());
        return Files.readAllLines(output).stream()
                .map(line -> line.split(" ", -1))
                .toList();
    }

    private List<String> scores(Path sessions) throws IOException {
        Path csv = folder.resolve("scores.csv");
        run("score", "topology/hdfs.yaml", "--input", sessions.toString(), "--scores", csv.toString());
        List<String> rows = Files.readAllLines(csv);
        return rows.subList(1, rows.size());
    }

    private static long alerts(List<String> rows) {
        long alerts = rows.stream().filter(row -> row.endsWith(",true")).count();
        System.out.printf("hdfs: %,d of %,d sessions stand out%n", alerts, rows.size());
        return alerts;
    }

    private static void run(String... arguments) {
        StringWriter err = new StringWriter();
        CommandLine line = Limpid.commandLine();
        line.setOut(new PrintWriter(new StringWriter()));
        line.setErr(new PrintWriter(err, true));
        int code = line.execute(arguments);
        assertThat(code).as(err.toString()).isZero();
    }
}
