package dev.limpid.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.eval.Assessment;
import dev.limpid.eval.Case;
import dev.limpid.eval.Comparison;
import dev.limpid.eval.Evidence;
import dev.limpid.eval.LearningCurve;
import dev.limpid.eval.ScoreCalibration;
import dev.limpid.eval.Stretch;
import dev.limpid.eval.filter.RunningMedian;
import dev.limpid.signal.Floats;
import dev.limpid.signal.Kind;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {
    @ParameterizedTest(name = "truth known: {0}")
    @ValueSource(booleans = {true, false})
    void a_report_is_one_page_that_needs_nothing_else(boolean known) throws Exception {
        // When
        String html = report("m<1>", known).html();

        // Then: well formed but for the tags that HTML leaves open, and nothing is fetched or run
        String xml = html.replace("<!doctype html>", "").replaceAll("<meta[^>]*>", "");
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        assertThat(html).doesNotContain("http", "<script", "src=", "url(", "@import");
        assertThat(html)
                .contains("m&lt;1&gt;", "prefers-color-scheme: dark", "@media print", "near-identity", "median");
        assertThat(html)
                .contains(
                        "Beside classical filters",
                        "Examples",
                        "Spectrum of what was removed",
                        "Learning",
                        "Loss: squared error.");
        assertThat(html).contains("Calibration of the score", "99.0 %", "Provenance", "noisy.csv");
    }

    @Test
    void frames_are_shown_as_pictures() throws Exception {
        // Given
        List<Case> cases = cases(true);
        Evidence signals = Evidence.of(cases, List.of(), 0);
        Evidence frames = new Evidence(
                cases,
                List.of(),
                List.of(),
                signals.scores(),
                Optional.empty(),
                List.of(),
                0,
                Optional.of(new Kind.Frame(25, 40, 1)));
        Comparison comparison = Comparison.of("model m", cases, List.of(), 0);

        // When
        String html = new Report("m", Assessment.of(frames, comparison), 1_000, List.of()).html();

        // Then
        assertThat(html).contains("data:image/png;base64,", "cleaned best").doesNotContain("Spectrum");
    }

    @Test
    void best_median_and_worst_window_are_shown_with_their_gain() {
        assertThat(Examples.of(cases(true), 100))
                .extracting(Examples.Example::caption)
                .satisfiesExactly(
                        best -> assertThat(best).startsWith("Best: lead, from sample "),
                        median -> assertThat(median).startsWith("Median: "),
                        worst -> assertThat(worst).startsWith("Worst: ").contains("gain +0.0 dB"));
        assertThat(Examples.of(List.of(), 100)).isEmpty();
    }

    private static Report report(String title, boolean known) {
        List<Case> cases = cases(known);
        LearningCurve curve = new LearningCurve(
                "squared error",
                List.of(new LearningCurve.Look(10, 1, 1.1, 2), new LearningCurve.Look(20, 0.5, 0.6, 4)),
                20,
                100_000,
                100,
                50);
        Evidence evidence = new Evidence(
                cases,
                List.of(),
                List.of(),
                ScoreCalibration.of(Floats.of(1, 2, 3, 4, 5, 6, 7), Floats.of(2, 3, 4)),
                Optional.of(curve),
                List.of(),
                known ? 100 : 0,
                Optional.empty());
        Comparison comparison = Comparison.of("model m", cases, List.of(new RunningMedian(3)), 0);
        return new Report(title, Assessment.of(evidence, comparison), 100, List.of(List.of("input", "noisy.csv")));
    }

    /** A sawtooth that is hardly touched. */
    private static List<Case> cases(boolean known) {
        float[] clean = new float[1_000];
        float[] noisy = new float[1_000];
        for (int i = 0; i < clean.length; i++) {
            clean[i] = (float) Math.sin(i * 0.1);
            noisy[i] = clean[i] + (i * 7 % 5 - 2) * 0.2f;
        }
        Stretch stretch = known
                ? Stretch.known(Floats.of(noisy), Floats.of(noisy), Floats.of(clean))
                : Stretch.unknown(Floats.of(noisy), Floats.of(noisy), Floats.of());
        return List.of(new Case("lead", List.of(stretch)));
    }
}
