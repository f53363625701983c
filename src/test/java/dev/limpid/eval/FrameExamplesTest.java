package dev.limpid.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.limpid.eval.filter.ClassicalFilter;
import dev.limpid.eval.filter.FrameFilter;
import dev.limpid.signal.Floats;
import dev.limpid.signal.Kind;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class FrameExamplesTest {
    private static final Kind.Frame SIZE = new Kind.Frame(2, 3, 2);
    private static final int FRAMES = 20;

    @Test
    void they_go_from_the_one_that_was_cleaned_best_to_the_worst_and_show_the_last_frame_of_a_window() {
        // When
        FrameExamples examples = FrameExamples.of(SIZE, cases());

        // Then
        assertThat(examples.cleaned()).hasSize(12);
        List<Float> errors = new ArrayList<>();
        for (int i = 0; i < examples.cleaned().size(); i++) {
            float[] cleaned = examples.cleaned().get(i);
            assertThat(cleaned).hasSize(SIZE.pixels()).containsOnly(cleaned[0]);
            assertThat(examples.clean().get(i)).containsOnly(1f);
            errors.add(cleaned[0] - 1);
        }
        assertThat(errors).isSorted();
        assertThat(errors.get(0)).isZero();
        assertThat(errors.get(11)).isEqualTo((FRAMES - 1) / 100f, within(1e-6f));
    }

    @Test
    void a_picture_has_a_row_each_of_frames_as_they_came_cleaned_and_true() throws Exception {
        // Given: black as they come, white when clean; a missing pixel is black
        Floats came = Floats.of(0, Float.NaN, 0, 0, 0, 0);
        Stretch stretch = Stretch.known(came, Floats.of(1, 1, 1, 1, 1, 1), Floats.of(0, 1, 1, 1, 1, 1));

        // When
        byte[] png = FrameExamples.of(new Kind.Frame(2, 3, 1), List.of(new Case("grey", List.of(stretch))))
                .png();

        // Then
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(image.getWidth()).isEqualTo(6);
        assertThat(image.getHeight()).isEqualTo(3 * 4 + 2 * 4);
        assertThat(image.getRGB(2, 0)).isEqualTo(0xff000000);
        assertThat(image.getRGB(2, 8)).isEqualTo(0xffffffff);
        assertThat(image.getRGB(0, 16)).isEqualTo(0xff000000);
        assertThat(image.getRGB(2, 16)).isEqualTo(0xffffffff);
    }

    @Test
    void filters_beside_a_model_of_frames_treat_rows_as_columns_and_fill_what_is_missing() {
        // Given: a row of ones, which a filter along rows would keep, and the same as a column; a pixel is missing in
        // both
        float[] row = new float[25];
        float[] column = new float[25];
        for (int i = 0; i < 5; i++) {
            row[10 + i] = 1;
            column[5 * i + 2] = 1;
        }
        row[24] = Float.NaN;
        column[24] = Float.NaN;

        for (ClassicalFilter filter : FrameFilter.standard(new Kind.Frame(5, 5, 1))) {
            // When
            float[] ofRow = filter.clean(row, 0);
            float[] ofColumn = filter.clean(column, 0);

            // Then
            for (int i = 0; i < 25; i++) {
                assertThat(ofRow[i]).as(filter.family()).isEqualTo(ofColumn[i % 5 * 5 + i / 5], within(1e-6f));
            }
            assertThat(ofRow[12]).as(filter.family()).isLessThan(0.5f);
            assertThat(ofRow[24]).as(filter.family()).isLessThan(0.1f);
        }
    }

    /** Windows of two frames, the first one 9; the second is true but for its number of hundredths. */
    private static List<Case> cases() {
        List<Stretch> stretches = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            float[] clean = new float[2 * SIZE.pixels()];
            Arrays.fill(clean, 0, SIZE.pixels(), 9);
            Arrays.fill(clean, SIZE.pixels(), clean.length, 1);
            float[] cleaned = clean.clone();
            Arrays.fill(cleaned, SIZE.pixels(), clean.length, 1 + (i * 7 % FRAMES) / 100f);
            stretches.add(Stretch.known(Floats.of(cleaned), Floats.of(cleaned), Floats.of(clean)));
        }
        return List.of(new Case("grey", stretches));
    }
}
