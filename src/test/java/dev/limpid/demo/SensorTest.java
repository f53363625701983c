package dev.limpid.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.limpid.demo.Sensor.Strip;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SensorTest {
    private static final double RATE_HZ = 250;
    private static final long FAULT_FROM_MS = 20_000;
    private static final long FAULT_TO_MS = 30_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void the_heart_beats_at_the_drawn_rate_and_height(long seed) {
        // Given
        EcgParameters heart = EcgParameters.draw(new SplittableRandom(seed));
        EcgOscillator ecg = new EcgOscillator(heart, RATE_HZ, new SplittableRandom(seed));

        // When
        int beats = 0;
        double highest = 0;
        boolean above = false;
        for (int i = 0; i < 120 * RATE_HZ; i++) {
            double mv = ecg.next(false);
            highest = Math.max(highest, mv);
            if (!above && mv > 0.75 * heart.amplitudeMv()) {
                beats++;
            }
            above = mv > 0.55 * heart.amplitudeMv() && (above || mv > 0.75 * heart.amplitudeMv());
        }

        // Then
        assertThat(beats / 2.0).isCloseTo(heart.heartRateBpm(), within(2.0));
        assertThat(highest).isCloseTo(heart.amplitudeMv(), within(0.2 * heart.amplitudeMv()));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void the_heart_rate_varies_as_drawn(long seed) {
        // Given
        EcgParameters heart = EcgParameters.draw(new SplittableRandom(seed));
        EcgOscillator ecg = new EcgOscillator(heart, RATE_HZ, new SplittableRandom(seed));

        // When
        double squares = 0;
        int n = (int) (600 * RATE_HZ);
        for (int i = 0; i < n; i++) {
            ecg.next(false);
            double off = ecg.heartRateBpm() - heart.heartRateBpm();
            squares += off * off;
        }

        // Then
        assertThat(Math.sqrt(squares / n))
                .isCloseTo(heart.heartRateDeviationBpm(), within(0.35 * heart.heartRateDeviationBpm()));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void the_noise_has_the_drawn_strength(long seed) {
        // Given
        Sensor sensor = new Sensor("s", seed, RATE_HZ, Optional.empty());

        // When
        Strip strip = sensor.next((int) (300 * RATE_HZ));

        // Then
        assertThat(snrDb(strip)).isCloseTo(sensor.snrDb(), within(0.6));
        assertThat(sensor.snrDb()).isBetween(0.0, 6.0);
    }

    @Test
    void the_same_seed_gives_the_same_samples_however_they_are_drawn() {
        // Given
        Sensor one = new Sensor("s", 7, RATE_HZ, Optional.empty());
        Sensor other = new Sensor("s", 7, RATE_HZ, Optional.empty());
        Sensor different = new Sensor("s", 8, RATE_HZ, Optional.empty());

        // When
        Strip whole = one.next(500);
        other.next(123);
        Strip rest = other.next(377);

        // Then
        assertThat(rest.startMs()).isEqualTo(492);
        for (int i = 0; i < 377; i++) {
            assertThat(rest.raw().at(i)).isEqualTo(Float.valueOf(whole.raw().at(123 + i)));
            assertThat(rest.truth().at(i)).isEqualTo(whole.truth().at(123 + i));
        }
        assertThat(different.next(500).raw()).isNotEqualTo(whole.raw());
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void a_fault_alters_its_own_span_and_nothing_before_it(FaultKind kind) {
        // Given
        Fault fault = new Fault(kind, 0, FAULT_FROM_MS, FAULT_TO_MS, 99);
        Sensor healthy = new Sensor("s", 5, RATE_HZ, Optional.empty());
        Sensor faulty = new Sensor("s", 5, RATE_HZ, Optional.of(fault));

        // When
        Strip expected = healthy.next((int) (40 * RATE_HZ));
        Strip actual = faulty.next((int) (40 * RATE_HZ));

        // Then
        int from = (int) (FAULT_FROM_MS * RATE_HZ / 1000);
        int to = (int) (FAULT_TO_MS * RATE_HZ / 1000);
        double change = 0;
        int changed = 0;
        for (int i = 0; i < actual.length(); i++) {
            if (i < from) {
                assertThat(actual.raw().at(i))
                        .isEqualTo(Float.valueOf(expected.raw().at(i)));
            } else if (i < to) {
                boolean same = Float.compare(actual.raw().at(i), expected.raw().at(i)) == 0;
                changed += same ? 0 : 1;
                double off = actual.raw().at(i) - expected.raw().at(i);
                change += Double.isNaN(off) ? 0 : off * off;
            } else if (kind != FaultKind.ECTOPIC_RUN) {
                assertThat(actual.raw().at(i))
                        .isEqualTo(Float.valueOf(expected.raw().at(i)));
            }
        }
        assertThat(changed).isGreaterThan((int) (0.02 * (to - from)));
        assertThat(Math.sqrt(change / (to - from))).isGreaterThan(0.15);
        assertThat(actual.truth().equals(expected.truth())).isEqualTo(kind != FaultKind.ECTOPIC_RUN);
    }

    @Test
    void a_flat_line_is_flat_clipping_stays_in_its_rails_and_a_dropout_loses_a_third() {
        // Given
        Map<FaultKind, Strip> spans = new EnumMap<>(FaultKind.class);
        double amplitude = 0;
        for (FaultKind kind : EnumSet.of(FaultKind.FLAT_LINE, FaultKind.CLIPPING, FaultKind.DROPOUT)) {
            Sensor sensor = new Sensor("s", 5, RATE_HZ, Optional.of(new Fault(kind, 0, 2_000, 12_000, 3)));
            sensor.next((int) (2 * RATE_HZ));
            spans.put(kind, sensor.next((int) (10 * RATE_HZ)));
            amplitude = sensor.heart().amplitudeMv();
        }

        // When
        double[] flat = range(spans.get(FaultKind.FLAT_LINE));
        double[] clipped = range(spans.get(FaultKind.CLIPPING));
        double missing = range(spans.get(FaultKind.DROPOUT))[2];

        // Then
        assertThat(flat[1] - flat[0]).isZero();
        assertThat(clipped[0]).isCloseTo(-1.1 * amplitude, within(0.002));
        assertThat(clipped[1]).isCloseTo(1.1 * amplitude, within(0.002));
        assertThat(missing / (10 * RATE_HZ)).isBetween(0.2, 0.45);
    }

    private static double[] range(Strip strip) {
        double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0};
        for (int i = 0; i < strip.length(); i++) {
            float raw = strip.raw().at(i);
            if (Float.isNaN(raw)) {
                range[2]++;
            } else {
                range[0] = Math.min(range[0], raw);
                range[1] = Math.max(range[1], raw);
            }
        }
        return range;
    }

    private static double snrDb(Strip strip) {
        double sum = 0;
        double squares = 0;
        double noise = 0;
        for (int i = 0; i < strip.length(); i++) {
            double truth = strip.truth().at(i);
            sum += truth;
            squares += truth * truth;
            double off = strip.raw().at(i) - truth;
            noise += Double.isNaN(off) ? 0 : off * off;
        }
        int n = strip.length();
        return 10 * Math.log10((squares - sum * sum / n) / noise);
    }
}
