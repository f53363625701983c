package dev.limpid.pipeline;

import dev.limpid.model.Denoiser;
import dev.limpid.model.FakeDenoiser;
import dev.limpid.model.ModelSlot;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.WindowRange;
import dev.limpid.score.AlertSpec;
import dev.limpid.signal.BandPass;
import dev.limpid.signal.Block;
import dev.limpid.signal.Fallback;
import dev.limpid.signal.FrameMedian;
import dev.limpid.signal.SeriesKey;
import dev.limpid.signal.StuckRule;
import dev.limpid.signal.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.LongStream;

/**
 * A random pipeline and a random input for it, made from a seed: everything a partition can bring, all in one. Samples come
 * alone and in blocks, late, twice, out of order, with gaps, steps back and pauses, with missing values and values that make
 * the model fail; clocks of series are skewed.
 */
record Scenario(PipelineSpec spec, float factor, float ramp, List<Input> inputs) {

    /** One record. {@code values} is {@code [time][channel]}. */
    record Input(int number, SeriesKey series, long timestampMs, float[] values) {
        Block block(int channels) {
            Block block = new Block(channels);
            block.begin(timestampMs);
            for (float value : values) {
                block.add(value);
            }
            return block;
        }
    }

    /** From here on seeds make frames: of so many pixels is a record, and a window one or more of them. */
    private static final long FRAMES = 1_000_000;

    /** Seeds that make frames. */
    static LongStream frames() {
        return seeds().filter(seed -> seed >= FRAMES);
    }

    /** Seeds of both kinds; {@code -Dseeds=1000} for more. */
    static LongStream seeds() {
        long count = Long.getLong("seeds", 40);
        return LongStream.concat(LongStream.range(0, count), LongStream.range(FRAMES, FRAMES + count / 4));
    }

    static Scenario of(long seed) {
        Random random = new Random(seed);
        return seed < FRAMES ? ofSignals(random) : ofFrames(random);
    }

    private static Scenario ofFrames(Random random) {
        int pixels = 1 + random.nextInt(12);
        int frames = 1 + random.nextInt(3);
        int length = pixels * frames;
        PipelineSpec spec = new PipelineSpec(
                names(1 + random.nextInt(3)),
                0,
                new WindowSpec(length, pixels, pixels - 1),
                10L * (1 + random.nextInt(2 * length)),
                30L * length,
                random.nextInt(4) == 0 ? 60L * length : 1_000_000_000,
                Granularity.RECORD,
                1 + random.nextInt(7),
                AlertSpec.DEFAULT);
        return new Scenario(spec, 0.25f + random.nextInt(4), random.nextInt(3), inputs(random, spec, 10, pixels));
    }

    private static Scenario ofSignals(Random random) {
        int channels = random.nextInt(20) == 0 ? 64 : 1 + random.nextInt(3);
        int length = 1 + random.nextInt(24);
        int hop = random.nextInt(4) == 0 ? (random.nextBoolean() ? 1 : length) : 1 + random.nextInt(length);
        int lookahead = hop - 1 + random.nextInt(length - hop + 2);
        double rate = new double[] {0, 20, 100, 360, 1000}[random.nextInt(5)];
        double stepMs = rate == 0 ? 10 : 1000 / rate;
        PipelineSpec spec = new PipelineSpec(
                names(channels),
                rate,
                new WindowSpec(length, hop, lookahead),
                Math.round(stepMs * (1 + random.nextInt(2 * length))),
                Math.round(stepMs * length * 3),
                random.nextInt(4) == 0 ? Math.round(stepMs * length * 6) : 1_000_000_000,
                random.nextBoolean() ? Granularity.RECORD : Granularity.HOP,
                1 + random.nextInt(7),
                AlertSpec.DEFAULT);
        return new Scenario(spec, 0.25f + random.nextInt(4), random.nextInt(3), inputs(random, spec, stepMs, 0));
    }

    private static List<String> names(int channels) {
        List<String> names = new ArrayList<>();
        for (int c = 0; c < channels; c++) {
            names.add("c" + c);
        }
        return names;
    }

    /** @param pixels samples of a record; 0: as chance has it */
    private static List<Input> inputs(Random random, PipelineSpec spec, double stepMs, int pixels) {
        int series = 1 + random.nextInt(4);
        int length = spec.window().length();
        double[] nextMs = new double[series];
        for (int s = 0; s < series; s++) {
            // clocks apart by up to ten windows, far more than idle-flush
            nextMs[s] = 1_000_000 + random.nextInt(10) * length * stepMs;
        }
        List<Input> inputs = new ArrayList<>();
        while (inputs.size() < 250) {
            int s = random.nextInt(series);
            int burst = 1 + random.nextInt(3 * length);
            boolean missing = random.nextInt(6) == 0;
            for (int i = 0; i < burst; i++) {
                int drawn = random.nextInt(5) == 0 ? random.nextInt(2 * length + 1) : 1;
                int samples = pixels > 0 ? pixels : drawn;
                double atMs = nextMs[s];
                switch (random.nextInt(24)) {
                    case 0 -> atMs -= stepMs * random.nextInt(2 * length); // late, twice, or a step back
                    case 1 -> atMs += stepMs * random.nextInt(4); // leaves slots empty
                    case 2 -> atMs += random.nextInt(8) == 0 ? 4 * length * stepMs : 0; // a gap
                    default -> {}
                }
                float[] values = new float[samples * spec.channels().size()];
                for (int v = 0; v < values.length; v++) {
                    values[v] = value(random, missing);
                }
                inputs.add(new Input(inputs.size(), SeriesKey.of("s" + s), Math.round(atMs), values));
                boolean behind = random.nextInt(12) == 0; // the next samples go where these were skipped
                nextMs[s] = Math.max(nextMs[s], atMs) + (behind ? 2 : samples) * stepMs;
            }
        }
        return inputs;
    }

    private static float value(Random random, boolean missing) {
        return switch (random.nextInt(400)) {
            case 0 -> FakeDenoiser.POISON;
            case 1 -> FakeDenoiser.TO_NAN;
            case 2 -> Float.POSITIVE_INFINITY;
            case 3, 4, 5, 6, 7, 8, 9 -> Float.NaN;
            default -> missing ? Float.NaN : (float) random.nextGaussian();
        };
    }

    Scenario with(Granularity granularity) {
        return with(spec.maxWindows(), granularity, factor, ramp);
    }

    Scenario with(int maxWindows) {
        return with(maxWindows, spec.granularity(), factor, ramp);
    }

    Scenario identity() {
        return with(spec.maxWindows(), spec.granularity(), 1f, 0f);
    }

    private Scenario with(int maxWindows, Granularity granularity, float factor, float ramp) {
        PipelineSpec other = spec.with(granularity, maxWindows);
        return new Scenario(other, factor, ramp, inputs);
    }

    /** With a filter that stands in where the error is not as usual, which is about half of the time. */
    Scenario guarded() {
        boolean frames = spec.window().lookahead() == spec.window().hop() - 1
                && spec.window().length() % spec.window().hop() == 0;
        Fallback filter = frames ? new FrameMedian(1, spec.window().hop(), 3) : BandPass.of(0, 0.2, 2, 1);
        return new Scenario(spec.with(filter), factor, ramp, inputs);
    }

    /** Of frames, with values of few levels, of which now and then every third pixel is stuck, and with those masked. */
    Scenario stuck() {
        int pixels = spec.window().hop();
        List<Input> coarse = new ArrayList<>();
        for (Input input : inputs) {
            float[] values = input.values().clone();
            for (int i = 0; i < values.length; i++) {
                boolean stuck = i / spec.channels().size() % 3 == 1 && input.number() / 60 % 2 == 1;
                values[i] = stuck ? 99 : Math.abs(values[i]) < 10 ? Math.round(4 * values[i]) : values[i];
            }
            coarse.add(new Input(input.number(), input.series(), input.timestampMs(), values));
        }
        return new Scenario(spec.with(new StuckRule(1, pixels, 3)), factor, ramp, coarse);
    }

    Scenario with(List<Input> otherInputs) {
        return new Scenario(spec, factor, ramp, otherInputs);
    }

    FakeDenoiser model() {
        ModelSpec model = FakeDenoiser.spec(
                "fake", "1", spec.channels().size(), spec.window().length(), true);
        // the error over the deviation of the samples, which is 1, and the ramp
        double error = 2 * Math.hypot(factor - 1, ramp * spec.window().length() / Math.sqrt(3));
        WindowRange range = FakeDenoiser.errorRange(spec.channels().size(), (float) error, 0.15f);
        return FakeDenoiser.of(spec.fallback().isPresent() ? FakeDenoiser.within(model, range) : model, factor, ramp);
    }

    /** What a run leaves. */
    record Result(Recorder<Integer> out, Tally tally) {}

    Result run() {
        return run(input -> false, input -> false);
    }

    /** @param flush after which inputs a flush comes; {@code restart} likewise, a flush with a restart from the journal */
    Result run(IntPredicate flush, IntPredicate restart) {
        return run(spec, inputs, model(), flush, restart);
    }

    static Result run(PipelineSpec spec, List<Input> inputs, Denoiser model, IntPredicate flush, IntPredicate restart) {
        Recorder<Integer> out = new Recorder<>();
        ModelSlot slot = new ModelSlot(model);
        JournalStore<Integer> store = new JournalStore<>(spec);
        Pipeline<Integer> pipeline = new Pipeline<>(spec, slot, store, out);
        for (Input input : inputs) {
            pipeline.accept(
                    input.series(), input.number(), input.block(spec.channels().size()));
            if (flush.test(input.number())) {
                pipeline.flush();
            }
            if (restart.test(input.number())) {
                pipeline.flush();
                store = store.restarted();
                pipeline = new Pipeline<>(spec, slot, store, out);
            }
        }
        pipeline.endAll();
        pipeline.flush();
        return new Result(out, pipeline.tally());
    }
}
