package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.limpid.eval.StrengthSweep;
import dev.limpid.train.corruption.Disturbance;
import dev.limpid.train.corruption.Gaussian;
import dev.limpid.train.corruption.Hiding;
import dev.limpid.train.corruption.Mask;
import dev.limpid.train.corruption.Patches;
import dev.limpid.train.corruption.Range;
import dev.limpid.train.corruption.Recorded;
import dev.limpid.train.corruption.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CorruptionSweepTest {
    @Test
    void the_strength_that_fits_the_noise_is_picked_and_heard_in_order() throws Exception {
        // Given
        TrainSpec spec = Toy.spec(Toy.unet(), 1, 1)
                .with(Corruption.of(List.of(new Gaussian(1, Range.of(0.2), Scale.RMS, Optional.empty()))));
        List<Double> heard = new ArrayList<>();

        // When
        StrengthSweep sweep = new CorruptionSweep(Toy.data(1), spec, 100)
                .over(List.of(0.02, 1.0, 40.0), point -> heard.add(point.strength()));

        // Then: hardly any noise teaches to change nothing, far too much to give the mean
        assertThat(heard).containsExactly(0.02, 1.0, 40.0);
        assertThat(sweep.best().strength()).isEqualTo(1);
        assertThat(sweep.points().get(0).gainDb()).isLessThan(sweep.best().gainDb() - 1);
        assertThat(sweep.points().get(2).gainDb()).isLessThan(sweep.best().gainDb() - 1);
        assertThat(sweep.findings()).isEmpty();
    }

    @Test
    void a_corruption_that_hides_a_channel_which_nothing_tells_draws_a_warning() throws Exception {
        // Given: a sine, and a channel of chance, which a patch takes away whole
        float[] chance = new float[4000];
        SplittableRandom random = new SplittableRandom(6);
        float[] sine = new float[4000];
        for (int i = 0; i < chance.length; i++) {
            chance[i] = (float) random.nextGaussian();
            sine[i] = (float) Math.sin(i * 0.4);
        }
        TrainingData data = new TrainingData(List.of(new Recording("two.csv", "", List.of(sine, chance))), List.of());
        Disturbance patch = new Patches(0.8, Range.of(1), Range.of(0.5), Range.of(0.5), Hiding.MISSING);
        TrainSpec spec = Toy.spec(Toy.unet(), 2, 1).with(Corruption.of(List.of(patch)));

        // When
        StrengthSweep sweep = new CorruptionSweep(data, spec, 200).over(List.of(1.0), point -> {});

        // Then: of the sine its other half tells
        assertThat(sweep.findings()).hasSize(1);
        assertThat(sweep.findings().get(0).text())
                .startsWith("hides what matters: at strength 1.0 the corruption takes away ")
                .contains(" % of channel c1, and of that channel's variance there ")
                .contains("a label among it, is averaged away");
        assertThat(sweep.table().get(1).get(2)).contains("(!)");
    }

    @Test
    void amplitudes_ratios_and_shares_grow_together() {
        // Given
        Corruption corruption = Corruption.DEFAULT.then(
                List.of(new Recorded(0.5, "", new Range(0, 12)), new Mask(0.5, new Range(0.4, 1), Hiding.MISSING)));

        // When
        Corruption twice = new Strength(2).of(corruption);

        // Then
        assertThat(twice.gaussianHigh()).isCloseTo(2 * corruption.gaussianHigh(), within(1e-9));
        assertThat(twice.snrLowDb()).isCloseTo(corruption.snrLowDb() - 6, within(1e-9));
        assertThat(twice.maskShare()).isCloseTo(0.6, within(1e-9));
        assertThat(((Recorded) twice.then().get(0)).snrDb().high()).isCloseTo(6, within(1e-9));
        assertThat(((Mask) twice.then().get(1)).keep().low()).isCloseTo(0.1, within(1e-9));
        assertThat(twice.noise()).isEqualTo(corruption.noise());
    }

    @Test
    void every_disturbance_has_a_strength_alone_and_as_one_of_several() {
        List<Object> kinds = Stream.of(
                        "gaussian",
                        "mask",
                        "spans",
                        "patches",
                        "shuffle",
                        "impulses",
                        "dropout",
                        "stuck",
                        "wander",
                        "drift",
                        "quantisation",
                        "saturation",
                        "hum",
                        "recorded",
                        "either")
                .<Object>map(kind -> Map.of(kind, Map.of()))
                .toList();
        TrainBlock.Read read =
                TrainBlock.read(Map.of("corruption", kinds), new TrainBlock.Target("toy", "1", List.of("c0"), 32, 400));
        assertThat(read.problems()).isEmpty();

        for (double factor : new double[] {0.25, 4}) {
            Corruption swept = new Strength(factor).of(read.spec().corruption());

            assertThat(swept.then()).hasSize(15).doesNotContainAnyElementsOf(changing(read));
            assertThat(read.spec().with(swept).problems()).isEmpty();
        }
    }

    /** Shuffle cannot reach less than one sample. */
    private static List<Disturbance> changing(TrainBlock.Read read) {
        return read.spec().corruption().then().stream()
                .filter(disturbance -> !DisturbanceKeys.kind(disturbance).equals("shuffle"))
                .toList();
    }

    @Test
    void without_the_truth_or_with_a_strength_that_is_none_it_is_refused() {
        CorruptionSweep blind =
                new CorruptionSweep(Noisy.data(1, 1, 0.5), BlindSpotTest.spec(1, 5, Supervision.BlindSpot.DEFAULT), 5);

        assertThatThrownBy(() -> blind.over(List.of(0.0), point -> {}))
                .isInstanceOf(TrainingRefused.class)
                .hasMessageContaining("a sweep grades against the truth")
                .hasMessageContaining("a strength is 0.0, needs to be above 0");
    }
}
