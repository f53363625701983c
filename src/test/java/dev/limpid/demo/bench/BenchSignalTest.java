package dev.limpid.demo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BenchSignalTest {
    @Test
    void the_number_of_samples_among_the_first_records_of_a_partition_is_that_of_the_load_order() {
        // Given series 0, 2 and 4 in partition 0 of 2, which begin in rounds 0, 2 and 4
        BenchSignal signal = new BenchSignal(BenchCase.of("samples-f32"), 6, 2);

        // When seven records came: 0, 0, 0 2, 0 2, 0
        long[] samples = signal.samplesAfter(0, 7);

        // Then
        assertThat(samples).containsExactly(5, 0, 2, 0, 0, 0);
    }

    @Test
    void every_layout_reads_back_as_the_values_it_was_made_of() {
        for (String label : new String[] {"samples-f32", "samples-json", "blocks-f32", "blocks-json"}) {
            // Given
            BenchSignal signal = new BenchSignal(BenchCase.of(label), 3, 1);
            float[] values = new float[BenchSignal.WINDOW];

            // When
            int n = new Wire(signal.layout().format()).read(signal.record(1, 20), values);

            // Then
            assertThat(n).as(label).isEqualTo(signal.layout().shape().samples());
            long first = n == 1 ? 19 : 20 * BenchSignal.WINDOW;
            for (int i = 0; i < n; i++) {
                assertThat(values[i]).as(label).isEqualTo(signal.value(1, first + i));
            }
        }
    }

    @Test
    void a_json_sample_looks_like_a_sensors() {
        BenchSignal signal = new BenchSignal(BenchCase.of("samples-json"), 3, 1);

        String text = new String(signal.record(2, 2), StandardCharsets.UTF_8);

        assertThat(text).matches("\\{\"ts\":1700000000020,\"lead\":-?[0-9.]+}");
    }

    @Test
    void a_key_tells_its_series() {
        BenchSignal signal = new BenchSignal(BenchCase.of("samples-f32"), 120, 1);

        assertThat(BenchSignal.seriesOf(signal.key(117))).isEqualTo(117);
    }
}
