package dev.limpid.codec;

import dev.limpid.definition.Definition;
import dev.limpid.signal.Block;

/**
 * How a frame's pixels lie in a record, {@code [channel][row][column]}, and what their numbers mean.
 *
 * @param low value of the darkest pixel, 0 of an integer layout, in the model's unit
 * @param high value of the brightest one, 255 or 65,535
 * @param missing the number, as it stands in the record, that means that there is none; NaN: no number does
 */
record FrameLayout(int channels, int height, int width, float low, float high, float missing) {
    static FrameLayout of(Definition.Input input, Definition.Pixels pixels) {
        return new FrameLayout(
                input.channels().size(), pixels.height(), pixels.width(), pixels.low(), pixels.high(), (float)
                        pixels.missing().orElse(Double.NaN));
    }

    int pixels() {
        return height * width;
    }

    /** Numbers in a frame. */
    int size() {
        return channels * pixels();
    }

    /** Why {@code count} of something are no frame. */
    String shape(long count, String what) {
        return "shape: " + count + " " + what + ", wanted " + channels + " x " + height + " x " + width + " = "
                + size();
    }

    /** What an integer stands for, of {@code most} at most. */
    float value(int number, int most) {
        return number == missing ? Float.NaN : low + (high - low) * number / most;
    }

    /** The integer of {@code most} at most that is nearest to a value. */
    int number(float value, int most) {
        float number = (value - low) / (high - low) * most;
        return Math.round(Math.min(most, Math.max(0f, number)));
    }

    /** A number that stands for itself. */
    float value(float number) {
        return number == missing ? Float.NaN : number;
    }

    /** Puts a frame into a block, {@code [pixel][channel]}. */
    void into(Block block, float[] planes) {
        if (channels == 1) {
            block.add(planes, planes.length);
            return;
        }
        for (int pixel = 0; pixel < pixels(); pixel++) {
            for (int channel = 0; channel < channels; channel++) {
                block.add(planes[channel * pixels() + pixel]);
            }
        }
    }
}
