package dev.limpid.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DenoisingErrorTest {
    @Test
    void a_tenth_of_the_error_is_twenty_decibels() {
        // Given
        DenoisingError error = new DenoisingError();

        // When
        error.add(1, 2, 1.1);
        error.add(-1, -2, -0.9);

        // Then
        assertThat(error.count()).isEqualTo(2);
        assertThat(error.snrInDb()).isCloseTo(0, within(1e-9));
        assertThat(error.snrOutDb()).isCloseTo(20, within(1e-6));
        assertThat(error.gainDb()).isCloseTo(20, within(1e-6));
        assertThat(error.noisyRmse()).isCloseTo(1, within(1e-9));
        assertThat(error.rmse()).isCloseTo(0.1, within(1e-9));
    }

    @Test
    void nothing_seen_is_no_figure() {
        assertThat(new DenoisingError().gainDb()).isNaN();
    }
}
