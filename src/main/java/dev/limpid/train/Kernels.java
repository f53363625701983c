package dev.limpid.train;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.bytedeco.pytorch.Context;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routines by which the engine computes on this processor, which libtorch, oneDNN and OpenBLAS choose by themselves.
 *
 * <p>On some virtual processors oneDNN 3.7 computes wrong convolutions where a number of channels is no multiple of the vector's
 * length (seen on a Zen 5 that does not tell of its caches: errors as large as the values, also in gradients only, so that no export
 * check finds them). So a few small ones are computed with it and without it, forward and backward, before anything is trained; where they
 * differ, it is switched off.
 *
 * <p>A GPU is put to the same test.
 *
 * @param digest of results whose last bits tell one routine from another
 * @param oneDnn whether oneDNN computes the convolutions
 * @param cuda whether the GPU computes
 * @param asked the environment's {@code OPENBLAS_CORETYPE}; empty: OpenBLAS chose
 */
record Kernels(String digest, boolean oneDnn, boolean cuda, String asked) {
    private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);
    /** Of the largest value: rounding gives 1e-6, what was seen 0.1 to 1. */
    private static final double TOLERANCE = 1e-3;

    private static final List<Case> CASES = List.of(
            new Case(3, 4, 16, 5, 1, false, false),
            new Case(4, 8, 8, 5, 1, false, false),
            new Case(2, 4, 6, 3, 1, false, false),
            new Case(8, 24, 24, 5, 1, false, false),
            new Case(8, 24, 16, 4, 2, true, false),
            new Case(4, 9, 16, 3, 1, false, true),
            new Case(4, 16, 8, 4, 2, true, true),
            new Case(4, 8, 1, 3, 1, false, true));

    /** A convolution of {@code in} to {@code out} channels, over time or, {@code square}, over pixels. */
    private record Case(int batch, int in, int out, int kernel, int stride, boolean transposed, boolean square) {
        private static final int SIZE = 16;

        /** Its result, and the gradients of the squared result's sum by input, weight and bias. */
        List<float[]> results() {
            return Torch.scoped(() -> {
                SplittableRandom random = new SplittableRandom(1);
                Tensor x = leaf(random, batch, in, SIZE);
                Tensor weight = leaf(random, transposed ? in : out, transposed ? out : in, kernel);
                Tensor bias = leaf(random, out).view(out);
                bias.set_requires_grad(true);
                Tensor y = of(x, weight, bias);
                y.mul(y).sum().backward();
                return List.of(
                        Torch.array(y), Torch.array(x.grad()), Torch.array(weight.grad()), Torch.array(bias.grad()));
            });
        }

        /** A square one has its last axis twice. */
        private Tensor leaf(SplittableRandom random, int... shape) {
            int last = shape[shape.length - 1];
            int[] full = square && shape.length == 3 ? new int[] {shape[0], shape[1], last, last} : shape;
            float[] values = new float[Weights.size(full)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (2 * random.nextDouble() - 1);
            }
            Tensor leaf = Torch.tensor(values, full);
            leaf.set_requires_grad(full.length > 1);
            return leaf;
        }

        private Tensor of(Tensor x, Tensor weight, Tensor bias) {
            TensorOptional added = new TensorOptional(bias);
            long pad = stride == 1 ? kernel / 2 : stride / 2;
            long[] strides = square ? new long[] {stride, stride} : new long[] {stride};
            long[] pads = square ? new long[] {pad, pad} : new long[] {pad};
            long[] ones = square ? new long[] {1, 1} : new long[] {1};
            if (transposed) {
                long[] none = new long[ones.length];
                return square
                        ? torch.conv_transpose2d(x, weight, added, strides, pads, none, 1, ones)
                        : torch.conv_transpose1d(x, weight, added, strides, pads, none, 1, ones);
            }
            return square
                    ? torch.conv2d(x, weight, added, strides, pads, ones, 1)
                    : torch.conv1d(x, weight, added, strides, pads, ones, 1);
        }
    }

    /** Looks what computes right here, and has the engine compute so; said once per process, in {@link Torch#start}. */
    static Kernels choose(String asked) {
        torch.globalContext().setUserEnabledMkldnn(false);
        List<float[]> plain = results();
        torch.globalContext().setUserEnabledMkldnn(true);
        List<float[]> fast = results();
        double worst = worst(fast, plain);
        boolean right = worst < TOLERANCE;
        if (!right) {
            torch.globalContext().setUserEnabledMkldnn(false);
            // which would be next, and prints a line at each convolution on processors that it doesn't know
            torch.globalContext().setUserEnabledNNPACK(false);
            LOG.warn(
                    "oneDNN computes wrong convolutions on this processor (off by {} of their size), so training does without"
                            + " it, which is slow; ONEDNN_MAX_CPU_ISA=SSE41 in the environment may be right, and on some processors faster",
                    String.format(Locale.ROOT, "%.2g", worst));
        }
        return new Kernels(digest(right ? fast : plain), right, false, asked);
    }

    /** Has the GPU compute from here on, always in the same order, unless it computes something else than the CPU does. */
    Kernels onCuda() {
        List<float[]> here = results();
        Context context = torch.globalContext();
        context.setBenchmarkCuDNN(false);
        context.setDeterministicCuDNN(true);
        context.setAllowTF32CuDNN(false);
        context.setDeterministicAlgorithms(true, true);
        String problem;
        try {
            Torch.onCuda(true);
            List<float[]> there = results();
            double worst = worst(there, here);
            if (worst < TOLERANCE) {
                return new Kernels(digest(there), oneDnn, true, asked);
            }
            problem = String.format(Locale.ROOT, "its convolutions are off by %.2g of their size", worst);
        } catch (RuntimeException e) {
            problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("it does not say why");
        }
        Torch.onCuda(false);
        context.setDeterministicAlgorithms(false, false);
        LOG.warn("the GPU cannot be used ({}), so training does without it", problem);
        return this;
    }

    private static double worst(List<float[]> those, List<float[]> wanted) {
        double worst = 0;
        for (int i = 0; i < wanted.size(); i++) {
            worst = Math.max(worst, difference(those.get(i), wanted.get(i)));
        }
        return worst;
    }

    private static List<float[]> results() {
        List<float[]> all = new ArrayList<>();
        CASES.forEach(each -> all.addAll(each.results()));
        return all;
    }

    /** Largest difference in units of the largest value; infinite if something is not a number. */
    static double difference(float[] one, float[] other) {
        double most = 0;
        double size = 1e-30;
        for (int i = 0; i < one.length; i++) {
            double apart = Math.abs((double) one[i] - other[i]);
            most = Double.isNaN(apart) ? Double.POSITIVE_INFINITY : Math.max(most, apart);
            size = Math.max(size, Math.abs(other[i]));
        }
        return most / size;
    }

    /** A product of matrices is OpenBLAS's, whose order of sums differs by kind of CPU. */
    private static String digest(List<float[]> convolutions) {
        CRC32 crc = new CRC32();
        List<float[]> all = new ArrayList<>(convolutions);
        all.add(Torch.inferring(() -> {
            SplittableRandom random = new SplittableRandom(2);
            float[] values = new float[2 * 130 * 300];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (2 * random.nextDouble() - 1);
            }
            Tensor both = Torch.tensor(values, 2, 130, 300);
            return Torch.array(both.select(0, 0).matmul(both.select(0, 1).t()));
        }));
        for (float[] values : all) {
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
            bytes.asFloatBuffer().put(values);
            crc.update(bytes.array());
        }
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }

    /** For people: what whoever goes on elsewhere must set. */
    String phrase() {
        return "kernels " + digest + (cuda ? " of a GPU" : "") + " (OPENBLAS_CORETYPE "
                + (asked.isEmpty() ? "not set" : asked) + ", " + (oneDnn ? "with" : "without") + " oneDNN)";
    }
}
