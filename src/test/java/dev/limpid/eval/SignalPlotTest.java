package dev.limpid.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalPlotTest {
    private static final int BLUE = 0xFF0072B2;

    @Test
    void a_line_is_drawn_in_the_colour_of_its_label_in_every_panel(@TempDir Path folder) throws Exception {
        // Given
        float[] wave = new float[5000];
        for (int i = 0; i < wave.length; i++) {
            wave[i] = (float) Math.sin(i * 0.01);
        }
        Path file = folder.resolve("made/wave.png");

        // When
        SignalPlot.of("wave")
                .timeAxis("time (s)", 0.01)
                .panel("V")
                .line("raw", wave)
                .line("cleaned", wave)
                .panel("V")
                .line("cleaned", wave)
                .write(file);

        // Then
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(1200);
        int middle = image.getHeight() / 2;
        assertThat(pixels(image, BLUE, 0, middle)).isGreaterThan(500);
        assertThat(pixels(image, BLUE, middle, image.getHeight())).isGreaterThan(500);
    }

    @Test
    void missing_values_are_a_gap_and_odd_input_is_no_failure() {
        float[] gap = new float[1000];
        Arrays.fill(gap, 300, 700, Float.NaN);

        BufferedImage image =
                SignalPlot.of("gap").line("raw", new float[0]).line("gap", gap).draw();

        int left = 90;
        int right = 1175;
        int from = left + (right - left) * 35 / 100;
        int to = left + (right - left) * 65 / 100;
        assertThat(pixels(image.getSubimage(from, 0, to - from, image.getHeight()), BLUE, 80, image.getHeight()))
                .isZero();
        SignalPlot.of("nothing").draw();
        SignalPlot.of("flat").line("flat", new float[] {3, 3}).draw();
    }

    @ParameterizedTest
    @CsvSource({"0,10,5,0 2 4 6 8 10", "-0.25,0.31,6,-0.2 -0.1 0.0 0.1 0.2 0.3", "1000,1400,4,1000 1100 1200 1300 1400"
    })
    void ticks_stand_at_round_values(double low, double high, int most, String labels) {
        Ticks ticks = new Ticks(low, high, most);

        assertThat(ticks.values().stream().map(ticks::label)).containsExactly(labels.split(" "));
    }

    private static int pixels(BufferedImage image, int colour, int from, int to) {
        int count = 0;
        for (int y = from; y < to; y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += image.getRGB(x, y) == colour ? 1 : 0;
            }
        }
        return count;
    }
}
