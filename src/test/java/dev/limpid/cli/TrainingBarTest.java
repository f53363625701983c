package dev.limpid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.train.TrainingListener.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TrainingBarTest {
    @Test
    void features_are_shown_before_the_model_each_to_its_end() {
        // Given
        StringWriter text = new StringWriter();

        // When
        try (TrainingBar bar = new TrainingBar(new PrintWriter(text))) {
            bar.features(new Progress(1, 1, 0.5, Double.NaN, Double.NaN));
            bar.progress(new Progress(1, 2, 0.4, Double.NaN, Double.NaN));
            bar.progress(new Progress(2, 2, 0.3, 0.35, 1.5));
        }

        // Then
        assertThat(text.toString().lines().filter(line -> !line.isEmpty()))
                .map(line -> line.replaceFirst(" {2}\\d+ s.*", "").strip())
                .containsExactly(
                        "features [##############################] 1/1  loss 0.5000",
                        "train [###############...............] 1/2  loss 0.4000",
                        "train [##############################] 2/2  loss 0.3000  held out 0.3500, +1.50 dB");
    }
}
