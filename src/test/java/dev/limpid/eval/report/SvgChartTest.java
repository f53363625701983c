package dev.limpid.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.signal.Floats;
import org.junit.jupiter.api.Test;

class SvgChartTest {
    @Test
    void a_label_at_the_right_edge_is_not_cut_off() {
        String chart = new SvgChart(430, 200, "step", "loss")
                .line("held out", 1, 0, 50_000, Floats.of(3, 2, 1))
                .toString();

        assertThat(chart)
                .containsPattern("<text class=\"axis\" x=\"430.0\" y=\"[0-9.]+\" text-anchor=\"end\">100000</text>")
                .containsPattern("text-anchor=\"middle\">40000</text>");
    }
}
