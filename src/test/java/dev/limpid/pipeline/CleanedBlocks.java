package dev.limpid.pipeline;

import dev.limpid.model.ModelId;

/** Cleaned blocks for tests outside of this package. */
public final class CleanedBlocks {
    public static final ModelId MODEL = new ModelId("ecg", "7", "0123456789abcdef");

    private CleanedBlocks() {}

    /** Samples 20 ms apart from {@code timestampMs} on; {@code clean} is half of {@code raw}, 0.25 where raw is missing. */
    public static CleanedBlock halved(long timestampMs, int channels, float[] raw, Quality... qualities) {
        CleanedBlock block = new CleanedBlock(channels);
        block.begin(MODEL, false, 1.5f, false);
        for (int time = 0; time < raw.length / channels; time++) {
            Quality quality = qualities[Math.min(time, qualities.length - 1)];
            int at = block.add(timestampMs + 20L * time, quality);
            for (int channel = 0; channel < channels; channel++) {
                float value = raw[time * channels + channel];
                float clean = quality.passedThrough() ? value : Float.isNaN(value) ? 0.25f : value / 2;
                block.set(at, channel, value, clean);
            }
        }
        return block;
    }

    /** Samples with the time 0, all of one quality. */
    public static CleanedBlock of(int channels, float[] raw, float[] clean, Quality quality) {
        CleanedBlock block = new CleanedBlock(channels);
        block.begin(MODEL, false, 1.5f, false);
        for (int i = 0; i < raw.length; i++) {
            if (i % channels == 0) {
                block.add(0, quality);
            }
            block.set(i / channels, i % channels, raw[i], clean[i]);
        }
        return block;
    }

    /** Tokens of one time, each with a count of those missing before it, with the qualities that their merging gives them. */
    public static CleanedBlock tokens(float[] raw, float[] clean, float[] missingBefore, int... missingCount) {
        CleanedBlock block = new CleanedBlock(1);
        block.begin(MODEL, false, 1.5f, false);
        for (int time = 0; time < raw.length; time++) {
            int at = block.add(1_000, Merging.MostConfident.quality(raw[time], clean[time], false));
            block.set(at, 0, raw[time], clean[time]);
            block.missing(at, missingBefore[time], missingCount[time]);
        }
        return block;
    }
}
