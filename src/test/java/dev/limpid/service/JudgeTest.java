package dev.limpid.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.limpid.kafka.OffsetRange;
import dev.limpid.model.FakeDenoiser;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.TrainerStatus.Judged;
import dev.limpid.pipeline.Granularity;
import dev.limpid.pipeline.PipelineSpec;
import dev.limpid.score.AlertSpec;
import dev.limpid.signal.BandPass;
import dev.limpid.signal.SeriesKey;
import dev.limpid.signal.WindowSpec;
import dev.limpid.train.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final PipelineSpec SPEC = new PipelineSpec(
            List.of("v"), 100, new WindowSpec(16, 4, 16), 50, 1_000, 100_000, Granularity.RECORD, 8, AlertSpec.DEFAULT);

    private final SplittableRandom random = new SplittableRandom(1);

    /** Pieces of white values around zero, of sizes that lie far apart. */
    private List<Piece> pieces(int series, int each) {
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < series * each; i++) {
            float[] values = new float[400];
            double size = Math.pow(10, i % 5);
            for (int k = 0; k < values.length; k++) {
                values[k] = (float) (size * random.nextGaussian());
            }
            SeriesKey key = SeriesKey.of("s" + i % series);
            pieces.add(new Piece(new OffsetRange("raw", 0, 0, 1), key, i, List.of(values)));
        }
        return pieces;
    }

    private Judge judge(List<Recording> noise) {
        return new Judge(SPEC, new Spoiler(noise, 1), 0.95, 1);
    }

    @Test
    void a_model_that_takes_half_of_everything_away_recovers_more_than_one_that_takes_nothing() {
        // Given noise as strong as the values: nothing taken away leaves an error of one, and half of it (m - x) / 2
        float[] noise = new float[1_000];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextGaussian();
        }
        List<Piece> pieces = pieces(10, 4);

        // When
        Judged judged = judge(List.of(new Recording("n", "", List.of(noise))))
                .compare(FakeDenoiser.identity(1, 16), FakeDenoiser.halving(1, 16), pieces);

        // Then
        assertThat(judged.errorInForce()).isCloseTo(1, within(0.01));
        assertThat(judged.error()).isCloseTo(Math.sqrt(0.5), within(0.03));
        assertThat(judged.lowerBy()).isCloseTo(1 - Math.sqrt(0.5), within(0.03));
        assertThat(judged.atLeast()).isBetween(0.2, judged.lowerBy());
        assertThat(judged.atMost()).isBetween(judged.lowerBy(), 0.4);
        assertThat(judged.pieces()).isEqualTo(40);
        assertThat(judged.series()).isEqualTo(10);
    }

    @Test
    void without_noise_models_are_graded_where_samples_were_hidden_and_nowhere_else() {
        // When of a hidden sample both know nothing, though one is far off everywhere else
        Judged judged =
                judge(List.of()).compare(FakeDenoiser.identity(1, 16), FakeDenoiser.times(50, 1, 16), pieces(2, 4));

        // Then
        assertThat(judged.errorInForce()).isCloseTo(1, within(0.15));
        assertThat(judged.error()).isEqualTo(judged.errorInForce());
        assertThat(judged.lowerBy()).isZero();
        assertThat(judged.series()).isEqualTo(2);
    }

    @Test
    void a_model_that_is_out_of_its_range_is_judged_with_the_filter_that_stands_in_for_it() {
        // Given one model that makes everything larger, with a range that it is out of, and without one
        ModelSpec unbounded = FakeDenoiser.spec("fake", "1", 1, 16, true);
        ModelSpec bounded = FakeDenoiser.within(unbounded, FakeDenoiser.errorRange(1, 1e-3f, 1e-3f));
        Judge guarded = new Judge(SPEC.with(BandPass.of(1, 20, 2, 100)), new Spoiler(List.of(), 1), 0.95, 1);

        // When
        Judged judged = guarded.compare(
                FakeDenoiser.of(unbounded, 1, 50_000), FakeDenoiser.of(bounded, 1, 50_000), pieces(10, 2));

        // Then
        assertThat(judged.atLeast()).isGreaterThan(0.3);
    }

    @Test
    void a_model_that_gives_no_answer_has_a_finite_error() {
        // Given pieces that hold what makes the model give nothing
        List<Piece> pieces = pieces(10, 1);
        pieces.forEach(piece -> {
            for (int i = 0; i < 400; i += 16) {
                piece.values().get(0)[i] = FakeDenoiser.TO_NAN;
            }
        });

        // When
        Judged judged = judge(List.of()).compare(FakeDenoiser.identity(1, 16), FakeDenoiser.identity(1, 16), pieces);

        // Then
        assertThat(judged.errorInForce()).isFinite();
    }
}
