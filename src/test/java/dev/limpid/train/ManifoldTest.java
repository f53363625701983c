package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.Denoiser;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.onnx.Expected;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.Provider;
import dev.limpid.train.corruption.Gaussian;
import dev.limpid.train.corruption.Range;
import dev.limpid.train.corruption.Scale;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What a denoising autoencoder learns is the way back to where the data lie: what it adds to a noisy point is the noise's variance
 * times the slope of the log density (Tweedie's formula; Alain and Bengio 2014, JMLR 15). Here the data are the points of a circle.
 */
class ManifoldTest {
    private static final double SIGMA = 0.25;
    private static final int POINTS = 500;

    @Test
    void points_move_towards_the_circle_that_the_data_lie_on() throws Exception {
        // Given
        TrainedModel model = Trainer.train(circle(), spec(), TrainingListener.NONE);
        SplittableRandom random = new SplittableRandom(8);
        WindowBatch batch = new WindowBatch(POINTS, 1, 2);
        for (int i = 0; i < POINTS; i++) {
            double turn = random.nextDouble() * 2 * Math.PI;
            double radius = 1 + SIGMA * 2 * (2 * random.nextDouble() - 1);
            int at = 2 * batch.add();
            batch.x().put(at, (float) (radius * Math.cos(turn))).put(at + 1, (float) (radius * Math.sin(turn)));
            batch.observed().put(at, 1).put(at + 1, 1);
        }
        Reconstruction out = new Reconstruction(POINTS, 1, 2);

        // When
        try (Denoiser denoiser = ModelFile.open(
                        model.bytes().toArray(), "circle", Provider.CPU, new Expected("circle", 1, 2, POINTS))
                .denoiser()) {
            denoiser.denoise(batch, 0, POINTS, out);
        }

        // Then: the expected point, given the noisy one, is I1(z) / I0(z) times its direction with z = radius /
        // variance (Bessel
        // functions), for large z about 1 - 1 / 2z
        double before = 0;
        double after = 0;
        double off = 0;
        for (int i = 0; i < POINTS; i++) {
            double x = batch.x().get(2 * i);
            double y = batch.x().get(2 * i + 1);
            double cleanX = out.clean().get(2 * i);
            double cleanY = out.clean().get(2 * i + 1);
            double radius = Math.hypot(x, y);
            before += Math.abs(radius - 1) / POINTS;
            after += Math.abs(Math.hypot(cleanX, cleanY) - 1) / POINTS;
            double expected = (1 - SIGMA * SIGMA / (2 * radius)) / radius;
            off += Math.hypot(cleanX - expected * x, cleanY - expected * y) / POINTS;
        }
        assertThat(after).isLessThan(0.3 * before);
        assertThat(off).isLessThan(0.3 * before);
    }

    private static TrainSpec spec() {
        return new TrainSpec(
                "circle",
                "1",
                List.of("xy"),
                "",
                2,
                new Dense(List.of(32, 32), Activation.SILU),
                new Schedule(600, 128, 1e-2, 1e-3, 100, 10),
                Corruption.of(List.of(new Gaussian(1, Range.of(SIGMA), Scale.UNIT, Optional.empty()))),
                Augmentation.NONE,
                0.2,
                3,
                Loss.DEFAULT,
                new Ends(Ends.Normalisation.NONE, Ends.Output.LINEAR),
                Optional.of(new Frame(1, 1, 2)));
    }

    private static TrainingData circle() {
        SplittableRandom random = new SplittableRandom(2);
        float[] points = new float[2 * 2000];
        for (int i = 0; i < 2000; i++) {
            double turn = random.nextDouble() * 2 * Math.PI;
            points[2 * i] = (float) Math.cos(turn);
            points[2 * i + 1] = (float) Math.sin(turn);
        }
        return new TrainingData(List.of(new Recording("circle", "", List.of(points))), List.of());
    }
}
