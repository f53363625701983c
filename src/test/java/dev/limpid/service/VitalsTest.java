package dev.limpid.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VitalsTest {
    @Test
    void it_is_not_live_when_nothing_moves_for_long_and_not_ready_outside_of_its_group() {
        // Given
        AtomicLong nanos = new AtomicLong();
        Vitals vitals = new Vitals(nanos::get);

        // When
        nanos.set(TimeUnit.MINUTES.toNanos(14));

        // Then
        assertThat(vitals.notLive()).isEmpty();
        assertThat(vitals.notReady()).singleElement().asString().contains("not in its group yet");

        // When
        nanos.set(TimeUnit.MINUTES.toNanos(16));
        vitals.stands(true, false);

        // Then
        assertThat(vitals.notLive()).containsExactly("the trainer shows no progress since 16 minutes");
        assertThat(vitals.notReady()).isEmpty();
        assertThat(vitals.elected()).isFalse();

        // When
        vitals.beat();
        vitals.stands(true, true);

        // Then
        assertThat(vitals.notLive()).isEmpty();
        assertThat(vitals.elected()).isTrue();
    }
}
