package dev.limpid.train;

import java.util.ArrayList;
import java.util.List;

/**
 * Says that a window is a frame, or some successive ones: its channels are planes, each of {@code height} rows of {@code width} pixels,
 * row by row, frame by frame. In a recording frames lie end to end; one is only ever taken as a whole.
 *
 * @param frames frames in a window
 */
public record Frame(int channels, int height, int width, int frames) {
    /** One frame a window. */
    public Frame(int channels, int height, int width) {
        this(channels, height, width, 1);
    }

    /** Pixels of a frame per channel: samples that are not parted. */
    public int pixels() {
        return height * width;
    }

    /** Why windows of so many channels and samples are no such frames. */
    List<String> problems(int ofChannels, int ofLength) {
        List<String> problems = new ArrayList<>();
        if (channels < 1 || height < 1 || width < 1 || frames < 1) {
            problems.add("train.frame is " + this + ", needs positive numbers");
        } else {
            if (channels != ofChannels) {
                problems.add("train.frame is " + this + ", input.channels are " + ofChannels);
            }
            if ((long) height * width * frames != ofLength) {
                problems.add("train.frame is " + this + ", that is " + (long) height * width * frames
                        + " samples per channel; window.length is " + ofLength);
            }
        }
        return problems;
    }

    @Override
    public String toString() {
        return "[" + channels + ", " + height + ", " + width + "]" + (frames == 1 ? "" : " x " + frames);
    }
}
