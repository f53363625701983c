package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.limpid.codec.Numbers;
import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.model.FakeDenoiser;
import dev.limpid.model.ModelSlot;
import dev.limpid.pipeline.CleanedBlock;
import dev.limpid.pipeline.Tally;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.SeriesKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CsvDenoiseTest {
    private static final String ONE = "pipeline: p\ninput: {channels: [a], sample-rate-hz: 50}\nwindow: {length: 8}\n";
    private static final String TWO = ONE.replace("[a]", "[a, b]");
    private final List<WindowScore> scores = new ArrayList<>();

    @Test
    void every_row_leaves_in_its_place_with_its_channels_cleaned_and_all_else_kept() throws Exception {
        assertThat(run(TWO, false, "b,site,a\r\n1,\"x, y\", 2 \r\n3,,4.50\r\n"))
                .isEqualTo("b,site,a\n0.5,\"x, y\", 1.0 \n1.5,,2.25\n");
    }

    @Test
    void with_each_column_every_column_but_the_timestamp_is_a_series() throws Exception {
        assertThat(run(ONE, true, "clean,timestamp,\"x,0dB\"\n1,1700000000000,10\n2,1700000000020,20\n"))
                .isEqualTo("clean,timestamp,\"x,0dB\"\n0.5,1700000000000,5.0\n1.0,1700000000020,10.0\n");
    }

    @Test
    void missing_cells_are_filled_by_the_model() throws Exception {
        assertThat(run(TWO, false, "a,b\n1,\n,nan\n3,4\n")).isEqualTo("a,b\n0.5,0.0\n0.0,0.0\n1.5,2.0\n");
    }

    @Test
    void an_empty_line_is_a_missing_sample_but_at_the_end_it_is_none() throws Exception {
        assertThat(run(ONE, false, "a\n1\n\n3\n\n\n")).isEqualTo("a\n0.5\n0.0\n1.5\n");
    }

    @Test
    void a_row_that_passes_through_keeps_its_text() throws Exception {
        String late = rows(1_000, 1_040) + "1000020000,1.2500\n" + rows(1_040, 1_060);
        assertThat(run(ONE + "gaps: {max: 5s}", false, "timestamp,a\n" + late).lines())
                .contains("1000020000,1.2500");
    }

    private static String rows(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> (1_000_000_000L + 20L * i) + "," + i)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    @Test
    void times_may_be_iso_8601() throws Exception {
        run(ONE, false, "timestamp,a\n2014-04-07 00:00:00,1\n2014-04-07T02:00:00.020+02:00,2\n2014-04-07 00:05,3\n");
        assertThat(scores).extracting(WindowScore::startMs).containsExactly(1396828800000L, 1396829100000L);
        assertThat(scores).extracting(WindowScore::endMs).containsExactly(1396828800020L, 1396829100000L);
    }

    @Test
    void a_column_may_name_the_series() throws Exception {
        String definition = ONE + "series: {by: field id}";
        String alternating = IntStream.range(0, 40)
                .mapToObj(i -> (20 * (i / 2)) + ",s" + i % 2 + "," + i)
                .collect(Collectors.joining("\n", "timestamp,id,a\n", "\n"));
        assertThat(run(definition, false, alternating).lines().skip(1))
                .containsExactlyElementsOf(IntStream.range(0, 40)
                        .mapToObj(i -> (20 * (i / 2)) + ",s" + i % 2 + "," + i / 2f)
                        .toList());
        assertThat(scores).hasSizeGreaterThan(6);
    }

    @ParameterizedTest
    @CsvSource({"360", "250", "31.25", "44100", "1000", "0", "0.1", "7"})
    void rows_without_a_timestamp_lie_on_the_grid_of_the_sample_rate(double rate) throws Exception {
        Random random = new Random(3);
        StringBuilder in = new StringBuilder("a\n");
        StringBuilder out = new StringBuilder("a\n");
        for (int i = 0; i < 2_000; i++) {
            float value = (float) random.nextGaussian();
            in.append(Numbers.text(value)).append('\n');
            out.append(Numbers.text(value / 2)).append('\n');
        }
        assertThat(run(ONE.replace("50", "" + rate), false, in.toString())).isEqualTo(out.toString());
        assertThat(scores).as("windows of one segment").hasSize((2_000 - 8) / 2 + 1);
    }

    @Test
    void a_definition_by_hops_is_answered_row_by_row() throws Exception {
        assertThat(run(ONE + "output: {granularity: hop}", false, "a\n2\n4\n")).isEqualTo("a\n1.0\n2.0\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|the file is empty; wanted a header",
                "'b\\n1\\n'|no column 'a', a channel of pipeline 'p'; the header has [b] (--each-column takes every column",
                "'a,a\\n1,2\\n'|header: a column name stands twice",
                "'a\\n1\\nx\\n'|row 2: column 'a' is 'x', wanted a number",
                "'a\\n1e39\\n'|row 1: column 'a' is '1e39', wanted a number",
                "'a,b\\n1\\n'|row 1: 1 columns, the header has 2",
                "'timestamp,a\\nnow,1\\n'|row 1: column 'timestamp' is 'now', wanted milliseconds",
                "'timestamp,a\\n-1,1\\n'|row 1: column 'timestamp' is '-1', wanted milliseconds",
                "'a\\n\"1\\n'|row 1: syntax: a quote is not closed",
            })
    void a_file_that_does_not_fit_is_refused_with_the_row(String csv, String message) {
        assertThatThrownBy(() -> run(ONE, false, csv.replace("\\n", "\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    private String run(String yaml, boolean eachColumn, String csv) throws IOException {
        Definition definition = DefinitionLoader.parse("test.yaml", yaml, Map.of());
        int channels = definition.input().channels().size();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ModelSlot slot = new ModelSlot(FakeDenoiser.halving(channels, 8))) {
            CsvDenoise denoise = new CsvDenoise(
                    definition, eachColumn, slot, new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), out);
            Tally tally = denoise.run(new CsvDenoise.Listener() {
                @Override
                public void cleaned(SeriesKey series, int lane, long firstRow, CleanedBlock block) {}

                @Override
                public void score(SeriesKey series, WindowScore score) {
                    scores.add(score);
                }
            });
            assertThat(tally.pending()).isZero();
            assertThat(tally.accepted())
                    .isEqualTo(denoise.rows() * denoise.plan().lanes().size());
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
