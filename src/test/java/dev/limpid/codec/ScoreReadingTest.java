package dev.limpid.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.ModelId;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Floats;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreReadingTest {
    private static final ModelId MODEL = new ModelId("ecg", "7", "0123456789abcdef");

    @Test
    void a_score_is_read_as_it_was_written_and_what_has_none_is_not() {
        // Given
        ScoreLayout layout = new ScoreLayout(List.of("a"));

        // When
        byte[] score = layout.encode(new WindowScore(0, 9, 1.25f, Floats.of(1f), 1, MODEL, ""));
        byte[] absent = layout.encode(new WindowScore(0, 9, Float.NaN, Floats.of(), 0, MODEL, "missing"));

        // Then
        assertThat(ScoreReading.of(score)).contains(new ScoreReading(1.25f, "ecg:7@0123456789ab"));
        assertThat(ScoreReading.of(absent)).isEmpty();
        assertThat(ScoreReading.of(null)).isEmpty();
        assertThat(ScoreReading.of("{\"score\":".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }
}
