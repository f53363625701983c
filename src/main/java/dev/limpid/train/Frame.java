package dev.limpid.train;

import java.util.ArrayList;
import java.util.List;

/**
 * Says that a window is a frame: its channels are planes, each of {@code height} rows of {@code width} pixels, row by row. In a
 * recording such windows lie end to end; one is only ever taken as a whole.
 */
public record Frame(int channels, int height, int width) {
    /** Pixels per channel: samples per window. */
    public int pixels() {
        return height * width;
    }

    /** Why windows of so many channels and samples are no such frames. */
    List<String> problems(int ofChannels, int ofLength) {
        List<String> problems = new ArrayList<>();
        if (channels < 1 || height < 1 || width < 1) {
            problems.add("train.frame is " + this + ", needs positive numbers");
        } else {
            if (channels != ofChannels) {
                problems.add("train.frame is " + this + ", input.channels are " + ofChannels);
            }
            if ((long) height * width != ofLength) {
                problems.add("train.frame is " + this + ", that is " + (long) height * width
                        + " samples per channel; window.length is " + ofLength);
            }
        }
        return problems;
    }

    @Override
    public String toString() {
        return "[" + channels + ", " + height + ", " + width + "]";
    }
}
