package dev.limpid.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.Compared.Figures;
import dev.limpid.signal.Floats;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PromoteWhenTest {
    private static final PromoteWhen RULE = new PromoteWhen(1_000, 0.05, 0.5, 0.1);
    private static final long MOST_NANOS = 1_000_000;

    private static Compared compared(long windows, double error, long alerts, long failed, long nanosPerWindow) {
        return new Compared(
                windows,
                0,
                0,
                new Figures(1, Floats.of(), 20, 1, 1),
                new Figures(error, Floats.of(), alerts, failed, nanosPerWindow));
    }

    /** The model in force has an error of 1, 20 alerts, and failed once. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1000 ; 1.05  ; 22 ; 1 ; 1000000 ; ''",
                "1000 ; 0.5   ; 0  ; 0 ; 1000000 ; ''",
                "999  ; 1     ; 20 ; 1 ; 1000000 ; 999 of 1000 windows compared",
                "1000 ; 1.06  ; 20 ; 1 ; 1000000 ; its error of 1.060 is worse by 6.0 % than 1.000, wanted at most 5.0 %",
                "1000 ; NaN   ; 20 ; 1 ; 1000000 ; its error of NaN is worse",
                "1000 ; 0.49  ; 20 ; 1 ; 1000000 ; its error of 0.4900 is lower by 51.0 % than 1.000, wanted at most 50.0 %, for a model that cleans nothing has none",
                "1000 ; 1     ; 23 ; 1 ; 1000000 ; it raised 23 alerts, the model in force 20, wanted more by at most 10.0 %",
                "1000 ; 1     ; 20 ; 2 ; 1000000 ; it failed on 2 windows, the model in force on 1",
                "1000 ; 1     ; 20 ; 1 ; 1001000 ; it takes 1001 us per window, wanted at most 1000",
            })
    void each_figure_has_its_bound(
            long windows, double error, long alerts, long failed, long nanosPerWindow, String problem) {
        String got = RULE.problem(List.of(compared(windows, error, alerts, failed, nanosPerWindow)), MOST_NANOS)
                .orElse("");
        assertThat(got).startsWith(problem);
        assertThat(got.isEmpty()).isEqualTo(problem.isEmpty());
    }

    @Test
    void without_any_comparison_nothing_is_promoted() {
        assertThat(RULE.problem(List.of(), MOST_NANOS)).hasValue("0 of 1000 windows compared");
    }

    static LongStream seeds() {
        return LongStream.range(0, Long.getLong("seeds", 40));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void it_makes_no_difference_how_many_instances_found_it(long seed) {
        // Given: what one instance would have found, had it seen all
        Random random = new Random(seed);
        List<Compared> parts = new ArrayList<>();
        long windows = 0;
        double[] errors = new double[2];
        long[] alerts = new long[2];
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            long seen = random.nextInt(600);
            Figures a = new Figures(1 + random.nextDouble(), Floats.of(), random.nextInt(20), 0, 1);
            Figures b = new Figures(1 + random.nextDouble(), Floats.of(), random.nextInt(20), 0, 1);
            parts.add(new Compared(seen, 0, 0, a, b));
            windows += seen;
            errors[0] += seen * a.error();
            errors[1] += seen * b.error();
            alerts[0] += a.alerts();
            alerts[1] += b.alerts();
        }
        Compared whole = new Compared(
                windows,
                0,
                0,
                new Figures(windows == 0 ? 0 : errors[0] / windows, Floats.of(), alerts[0], 0, 1),
                new Figures(windows == 0 ? 0 : errors[1] / windows, Floats.of(), alerts[1], 0, 1));

        // Then
        assertThat(RULE.problem(parts, MOST_NANOS)).isEqualTo(RULE.problem(List.of(whole), MOST_NANOS));
    }
}
