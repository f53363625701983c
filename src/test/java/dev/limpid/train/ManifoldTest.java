package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.Denoiser;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.WindowBatch;
import dev.limpid.onnx.Expected;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.Provider;
import dev.limpid.train.Levels.Condition;
import dev.limpid.train.Levels.ErrorUnit;
import dev.limpid.train.Levels.Prediction;
import dev.limpid.train.corruption.Gaussian;
import dev.limpid.train.corruption.Range;
import dev.limpid.train.corruption.Scale;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
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
        TrainedModel model = Trainer.train(circle(), spec(Range.of(SIGMA)), TrainingListener.NONE);
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
                        model.bytes().toArray(),
                        "circle",
                        Provider.CPU,
                        new Expected("circle", 1, 2, POINTS, model.metadata().cleans()))
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

    /** The expected point lies inside of the circle, the further the more noise there is; with ever less of it points come nearer. */
    @Test
    void with_each_step_of_refinement_they_come_nearer() throws Exception {
        // Given
        int steps = 4;
        TrainSpec spec = spec(new Range(SIGMA / 4, 2 * SIGMA)).with(Levels.DEFAULT.refined(steps));
        Autoencoder once = Trainer.autoencoder(circle(), spec);
        Map<String, float[]> weights = weights(once, spec);
        SplittableRandom random = new SplittableRandom(8);
        float[] points = new float[2 * POINTS];
        float[] observed = new float[points.length];
        Arrays.fill(observed, 1);
        for (int i = 0; i < POINTS; i++) {
            double turn = random.nextDouble() * 2 * Math.PI;
            points[2 * i] = (float) (Math.cos(turn) + 2 * SIGMA * random.nextGaussian());
            points[2 * i + 1] = (float) (Math.sin(turn) + 2 * SIGMA * random.nextGaussian());
        }

        // When
        double[] expected = new double[steps];
        double[] way = new double[steps];
        float[] window = points.clone();
        float[] clean = window;
        float[] refined;
        try (TorchOps ops = TorchOps.of(weights)) {
            for (int step = 0; step < steps; step++) {
                clean = clean(once, ops, window, observed);
                expected[step] = distance(clean);
                float share = (steps - 1 - step) / (float) (steps - step);
                for (int i = 0; i < window.length; i++) {
                    window[i] = clean[i] + (window[i] - clean[i]) * share;
                }
                way[step] = distance(window);
            }
            refined = clean(Trainer.serving(once, spec), ops, points, observed);
        }

        // Then
        assertThat(refined).containsExactly(clean);
        assertThat(way[0]).isLessThan(distance(points));
        for (int step = 1; step < steps; step++) {
            assertThat(expected[step]).as("what step " + step + " expects").isLessThan(expected[step - 1]);
            assertThat(way[step]).as("the point after step " + step).isLessThan(way[step - 1]);
        }
        assertThat(expected[steps - 1]).isLessThan(0.5 * expected[0]);
    }

    /** Of normally distributed windows of covariance C with white noise, the score is {@code -(C + σ² I)^-1 x}. */
    @Test
    void tweedies_score_is_the_slope_of_the_log_density() throws Exception {
        // Given
        int length = 64;
        TrainSpec spec = new TrainSpec(
                        "smooth",
                        "1",
                        List.of("a"),
                        "",
                        length,
                        new Dense(List.of(64), Activation.SILU),
                        new Schedule(600, 128, 1e-2, 1e-3, 100, 10),
                        white(Range.of(2 * SIGMA)),
                        Augmentation.NONE,
                        0.2,
                        3,
                        Loss.DEFAULT,
                        new Ends(Ends.Normalisation.NONE, Ends.Output.LINEAR),
                        Optional.empty())
                .with(new Levels(Condition.NONE, Prediction.CLEAN, 1, true, ErrorUnit.RESIDUAL));
        Autoencoder autoencoder = Trainer.autoencoder(Gauss.data(40_000, 1), spec);
        Map<String, float[]> weights = weights(autoencoder, spec, Gauss.data(40_000, 1));
        int windows = 300;
        float[] x = new Gauss(2).windows(windows, length, 2 * SIGMA);
        float[] observed = new float[x.length];
        Arrays.fill(observed, 1);

        // When
        float[] score;
        try (TorchOps ops = TorchOps.of(weights)) {
            score = Torch.inferring(() -> {
                Tensor in = Torch.tensor(x, windows, 1, length);
                Tensor ones = Torch.tensor(observed, windows, 1, length);
                return Torch.array(autoencoder.tweedie(ops, in, ones, autoencoder.cleaned(ops, in, ones)));
            });
        }

        // Then
        // σ is known to a sixth in so few samples, so its square makes the score of a window longer or shorter as a
        // whole
        double direction = 0;
        double factor = 0;
        for (int w = 0; w < windows; w++) {
            double[] known = Gauss.score(Arrays.copyOfRange(x, w * length, (w + 1) * length), 2 * SIGMA);
            double both = 0;
            double found = 0;
            double square = 0;
            for (int i = 0; i < length; i++) {
                double value = score[w * length + i];
                both += known[i] * value;
                found += value * value;
                square += known[i] * known[i];
            }
            direction += both / Math.sqrt(found * square) / windows;
            factor += both / square / windows;
        }
        assertThat(direction).isGreaterThan(0.95);
        assertThat(factor).isBetween(0.85, 1.15);
    }

    private static Map<String, float[]> weights(Autoencoder autoencoder, TrainSpec spec) {
        return weights(autoencoder, spec, circle());
    }

    private static Map<String, float[]> weights(Autoencoder autoencoder, TrainSpec spec, TrainingData data) {
        TrainingData fitted = data.head(spec.split()).cut(spec);
        TrainingData kept = data.tail(spec.split()).cut(spec);
        Grading grading = Trainer.grading(autoencoder, spec);
        HeldOut heldOut = new HeldOut(autoencoder, grading, Lessons.of(kept, spec, Augmentation.NONE, 1), 4);
        FitTask task = new WindowTask(
                autoencoder,
                grading,
                Lessons.of(fitted, spec, Augmentation.NONE, 2),
                heldOut,
                spec.schedule().batch());
        try (Fitter fitter = new Fitter(task, spec.schedule(), spec.seed())) {
            return fitter.fit(TrainingListener.NONE).weights();
        }
    }

    private static float[] clean(Autoencoder autoencoder, TorchOps ops, float[] points, float[] observed) {
        return Torch.inferring(() -> Torch.array(
                autoencoder.clean(ops, Torch.tensor(points, POINTS, 1, 2), Torch.tensor(observed, POINTS, 1, 2))));
    }

    /** Mean distance of points from the circle. */
    private static double distance(float[] points) {
        double sum = 0;
        for (int i = 0; i < points.length; i += 2) {
            sum += Math.abs(Math.hypot(points[i], points[i + 1]) - 1);
        }
        return 2 * sum / points.length;
    }

    private static TrainSpec spec(Range sigma) {
        return new TrainSpec(
                "circle",
                "1",
                List.of("xy"),
                "",
                2,
                new Dense(List.of(32, 32), Activation.SILU),
                new Schedule(600, 128, 1e-2, 1e-3, 100, 10),
                white(sigma),
                Augmentation.NONE,
                0.2,
                3,
                Loss.DEFAULT,
                new Ends(Ends.Normalisation.NONE, Ends.Output.LINEAR),
                Optional.of(new Frame(1, 1, 2)));
    }

    private static Corruption white(Range sigma) {
        return Corruption.of(List.of(new Gaussian(1, sigma, Scale.UNIT, Optional.empty())));
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
