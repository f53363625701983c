package dev.limpid.train.corruption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.eval.SignalPlot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DisturbanceTest {
    private static final double RATE = 360;

    static Stream<Disturbance> disturbances() {
        return Disturbances.one(1, RATE).stream();
    }

    @Test
    void there_is_one_of_each_kind() {
        assertThat(disturbances().map(Object::getClass).toList())
                .containsExactlyInAnyOrder(Disturbance.class.getPermittedSubclasses());
    }

    /** The pictures in {@code target/corruption} are for people. */
    @ParameterizedTest
    @MethodSource("disturbances")
    void what_it_does_can_be_seen(Disturbance disturbance) throws Exception {
        Struck struck = Struck.by(disturbance, 2, 720, 720, 4);

        SignalPlot plot = SignalPlot.of(disturbance.phrase()).timeAxis("time (s), " + RATE + " Hz", 1 / RATE);
        for (int channel = 0; channel < 2; channel++) {
            int from = struck.window.at(channel);
            float[] spoilt = Arrays.copyOfRange(struck.window.x, from, from + 720);
            for (int i = 0; i < spoilt.length; i++) {
                spoilt[i] = struck.window.observed[from + i] == 0 ? Float.NaN : spoilt[i];
            }
            plot.panel("channel " + channel)
                    .line("clean", Arrays.copyOfRange(struck.clean, from, from + 720))
                    .line("spoilt", spoilt);
        }
        String kind = disturbance.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        Path picture = Path.of("target", "corruption", kind + ".png");
        plot.write(picture);

        assertThat(Files.size(picture)).isPositive();
        assertThat(struck.window.x).isNotEqualTo(struck.clean);
        for (float value : struck.window.x) {
            assertThat(Float.isFinite(value)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("disturbances")
    void the_same_chance_gives_the_same_window(Disturbance disturbance) {
        Struck first = Struck.by(disturbance, 2, 100, 100, 7);
        Struck again = Struck.by(disturbance, 2, 100, 100, 7);
        Struck other = Struck.by(disturbance, 2, 100, 100, 8);

        assertThat(again.window.x).isEqualTo(first.window.x);
        assertThat(again.window.observed).isEqualTo(first.window.observed);
        assertThat(other.window.x).isNotEqualTo(first.window.x);
    }

    @ParameterizedTest
    @MethodSource("disturbances")
    void sound_values_have_no_problems(Disturbance disturbance) {
        assertThat(disturbance.problems()).isEmpty();
    }

    @Test
    void a_window_of_one_sample_is_no_failure() {
        for (Disturbance disturbance : Disturbances.one(1, RATE)) {
            assertThat(Struck.by(disturbance, 1, 1).window.x).hasSize(1);
        }
    }

    @Test
    void unsound_values_are_told_with_what_is_allowed() {
        assertThat(new Gaussian(2, new Range(0.5, 0.1), Scale.RMS, Optional.of(new Range(1, 0))).problems())
                .containsExactly(
                        "chance is 2, needs 0 to 1",
                        "sigma is 0.5..0.1, needs its lower end first",
                        "clip is 1..0, needs its lower end first");
        assertThat(new Hum(1, Range.of(1), Scale.RMS, Range.of(50), 1, 0).problems())
                .isEqualTo(List.of("hz needs a sample rate; set input.sample-rate-hz"));
        assertThat(new Hum(1, Range.of(1), Scale.RMS, Range.of(60), 1, 100).problems())
                .isEqualTo(List.of("hz is 60, needs 1.0E-6 to 50"));
    }
}
