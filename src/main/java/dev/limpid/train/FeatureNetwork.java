package dev.limpid.train;

import dev.limpid.signal.Floats;
import dev.limpid.train.Ends.Normalisation;
import dev.limpid.train.Ends.Output;
import dev.limpid.train.Layer.Conv2d;
import dev.limpid.train.Layer.Up2d;
import dev.limpid.train.Ops.Init;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A small convolutional denoising autoencoder for frames. Its encoder's maps are a frame's features: {@value #FULL} at full,
 * {@value #HALF} at half and {@value #QUARTER} at quarter resolution, after a ReLU each. Nothing goes past the last. In and out are
 * {@code [B, channel, time]} in physical units.
 *
 * @param frame what a window is
 * @param centre per channel, physical units: the network sees {@code (x - centre) / scale}
 * @param scale per channel, physical units, positive
 */
record FeatureNetwork(Frame frame, Floats centre, Floats scale, Output output) {
    private static final int FULL = 16;
    private static final int HALF = 32;
    private static final int QUARTER = 64;

    /** With the ends of {@code autoencoder}, but that no window is normalised by itself: two frames are to be compared. */
    static FeatureNetwork of(Frame frame, Autoencoder autoencoder) {
        boolean raw = autoencoder.ends().normalisation() == Normalisation.NONE;
        int channels = autoencoder.channels().size();
        return new FeatureNetwork(
                frame,
                raw ? Floats.owning(new float[channels]) : autoencoder.centre(),
                raw ? ones(channels) : autoencoder.scale(),
                autoencoder.ends().output());
    }

    /** Why there can be none for this spec, if its loss asks for one. */
    static List<String> problems(TrainSpec spec) {
        List<String> problems = new ArrayList<>();
        if (!(spec.loss().features() > 0)) {
            return problems;
        }
        if (spec.frame().isEmpty()) {
            problems.add("train.loss.features is of frames; needs kind: frame, or 0");
        }
        if (!(spec.supervision() instanceof Supervision.Clean)) {
            problems.add("train.loss.features compares with the clean frame; needs train.supervision clean, or 0");
        }
        spec.frame()
                .filter(frame -> frame.height() % 4 != 0 || frame.width() % 4 != 0)
                .ifPresent(frame -> problems.add("train.frame is " + frame
                        + ", train.loss.features needs height and width to be multiples of 4, or 0"));
        return problems;
    }

    /** The three maps of {@code x}, {@code [B, map, H, W]} each, finest first. */
    <V> List<V> features(Ops<V> ops, V x) {
        return maps(ops, seen(ops, x));
    }

    /** What it takes for the clean frames of {@code x}. */
    <V> V clean(Ops<V> ops, V x, V observed) {
        List<V> maps = maps(ops, ops.mul(seen(ops, x), observed));
        V half = ops.relu(new Up2d("up-half", QUARTER, HALF, 2).apply(ops, maps.get(maps.size() - 1)));
        V full = ops.relu(new Up2d("up-full", HALF, FULL, 2).apply(ops, half));
        V out = Conv2d.same("out", FULL, planes(), 3, Init.KAIMING).apply(ops, full);
        V y = ops.reshape(out, frame.channels(), frame.pixels() * frame.frames());
        return output == Output.SIGMOID ? ops.sigmoid(y) : ops.add(ops.mul(y, scales(ops)), centres(ops));
    }

    private <V> V seen(Ops<V> ops, V x) {
        return ops.div(ops.sub(x, centres(ops)), scales(ops));
    }

    private <V> List<V> maps(Ops<V> ops, V seen) {
        List<V> maps = new ArrayList<>();
        V map = ops.reshape(seen, planes(), frame.height(), frame.width());
        for (Conv2d layer : List.of(
                Conv2d.same("full", planes(), FULL, 3, Init.KAIMING),
                Conv2d.down("half", FULL, HALF, 2),
                Conv2d.down("quarter", HALF, QUARTER, 2))) {
            map = ops.relu(layer.apply(ops, map));
            maps.add(map);
        }
        return maps;
    }

    private int planes() {
        return frame.channels() * frame.frames();
    }

    private <V> V centres(Ops<V> ops) {
        return ops.constant("centre", centre.toArray(), 1, frame.channels(), 1);
    }

    private <V> V scales(Ops<V> ops) {
        return ops.constant("scale", scale.toArray(), 1, frame.channels(), 1);
    }

    private static Floats ones(int count) {
        float[] ones = new float[count];
        Arrays.fill(ones, 1);
        return Floats.owning(ones);
    }
}
