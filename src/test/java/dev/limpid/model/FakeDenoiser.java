package dev.limpid.model;

import dev.limpid.signal.Floats;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A model that can be computed by hand: {@code clean = factor · x + ramp · time}; throws or gives NaN for marked values. */
public final class FakeDenoiser implements Denoiser {
    /** A window that holds this value makes the run throw. */
    public static final float POISON = 666f;
    /** A window that holds this value gets a NaN. */
    public static final float TO_NAN = 777f;

    private final ModelSpec spec;
    private final float factor;
    private final float ramp;

    private FakeDenoiser(ModelSpec spec, float factor, float ramp) {
        this.spec = spec;
        this.factor = factor;
        this.ramp = ramp;
    }

    public static FakeDenoiser identity(int channels, int length) {
        return times(1f, channels, length);
    }

    public static FakeDenoiser halving(int channels, int length) {
        return times(0.5f, channels, length);
    }

    public static FakeDenoiser times(float factor, int channels, int length) {
        return of(spec("fake", "1", channels, length, true), factor, 0f);
    }

    /** One that does not take {@code observed}. */
    public static FakeDenoiser blind(int channels, int length) {
        return of(spec("blind", "1", channels, length, false), 1f, 0f);
    }

    public static FakeDenoiser of(ModelSpec spec, float factor, float ramp) {
        return new FakeDenoiser(spec, factor, ramp);
    }

    public static ModelSpec spec(String name, String version, int channels, int length, boolean observed) {
        List<ChannelSpec> list = new ArrayList<>(Collections.nCopies(channels, new ChannelSpec("c", "mV", 0.5f)));
        return new ModelSpec(
                new ModelId(name, version, "cafe" + version),
                length,
                list,
                observed,
                false,
                Floats.of(0.2f, 0.4f, 0.8f, 1f, 1.25f, 2f, 3f));
    }

    /**
     * A range that looks at the error alone, by its logarithm.
     *
     * @param error what is usual, in calibrated units
     * @param bound greatest square of a distance from its logarithm
     */
    public static WindowRange errorRange(int channels, float error, float bound) {
        float[] mean = new float[WindowRange.STATISTICS];
        float[] whitening = new float[WindowRange.STATISTICS * (WindowRange.STATISTICS + 1) / 2];
        mean[mean.length - 1] = (float) Math.log(Math.max(1e-6f, error));
        whitening[whitening.length - 1] = 1;
        WindowRange.Channel channel = new WindowRange.Channel(Floats.owning(mean), Floats.owning(whitening));
        return new WindowRange(Collections.nCopies(channels, channel), bound);
    }

    /** The same model with a range. */
    public static ModelSpec within(ModelSpec spec, WindowRange range) {
        return new ModelSpec(
                spec.id(), spec.length(), spec.channels(), spec.observed(), spec.error(), spec.scoreQuantiles(), range);
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public void denoise(WindowBatch batch, int from, int to, Reconstruction out) throws DenoiserException {
        for (int i = from * batch.windowSize(); i < to * batch.windowSize(); i++) {
            float value = batch.x().get(i);
            if (value == POISON) {
                throw new DenoiserException("poison");
            }
            float clean = value == TO_NAN ? Float.NaN : factor * value + ramp * (i % batch.length());
            out.clean().put(i, clean);
        }
    }

    @Override
    public void close() {}
}
