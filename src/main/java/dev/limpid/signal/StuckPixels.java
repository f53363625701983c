package dev.limpid.signal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the stuck pixels in a series of frames by {@link StuckRule}: the stuck-at fault of Ni et al. (2009), "Sensor network data fault
 * types", ACM Transactions on Sensor Networks 5. Mutable, confined to one thread.
 *
 * <p>Each frame is compared with the one before. A pixel that changed, or is missing in either, has nothing against it any more. One
 * that did not, and stands out from most around it that did, has one frame more; from {@code after} on it is stuck, until it changes. Else
 * a frame tells nothing. Each channel is judged by itself. How much moved around each pixel is known by sums of columns that slide over
 * the frame, two comparisons a pixel, whatever the reach; only who kept its value there is looked at more closely.
 */
public final class StuckPixels {
    private final StuckRule rule;
    private final int channels;
    /** The frame before, {@code [channel][pixel]}. */
    private final float[] before;
    /** Frames against each pixel, likewise; unsigned. */
    private final byte[] against;
    /** Of each column, how many pixels moved in the rows around the one at hand. */
    private final int[] moved;

    private boolean compares;
    private @Nullable StuckMap map;
    private boolean mapped = true;

    /** Of a series of which nothing was seen. */
    public StuckPixels(StuckRule rule, int channels) {
        this.rule = rule;
        this.channels = channels;
        this.before = new float[channels * rule.pixels()];
        this.against = new byte[before.length];
        this.moved = new int[rule.width()];
    }

    /** Takes up what was found before a restart; the last frame follows with {@link #last}. */
    public void restore(StuckEvidence evidence) {
        // frames may have been greater then
        for (int i = 0; i < evidence.size() && evidence.place(i) < against.length; i++) {
            against[evidence.place(i)] = (byte) evidence.frames(i);
        }
        mapped = false;
    }

    /** What is to be remembered over a restart beside the last frame. */
    public StuckEvidence evidence() {
        int size = 0;
        for (byte frames : against) {
            size += frames == 0 ? 0 : 1;
        }
        int[] places = new int[size];
        int[] frames = new int[size];
        for (int place = 0, at = 0; at < size; place++) {
            if (against[place] != 0) {
                places[at] = place;
                frames[at++] = against[place] & 0xFF;
            }
        }
        return StuckEvidence.owning(places, frames);
    }

    /** The next frame is compared with this one, {@code [pixel][channel]}, which says nothing by itself. */
    public void last(Block frame) {
        check(frame);
        compares = true;
        for (int channel = 0; channel < channels; channel++) {
            keep(frame, channel);
        }
    }

    /**
     * Sees the next frame, {@code [pixel][channel]}.
     *
     * @param follows whether it follows upon the one before; after a gap they are not compared
     */
    public void see(Block frame, boolean follows) {
        if (!follows || !compares) {
            last(frame);
            return;
        }
        check(frame);
        for (int channel = 0; channel < channels; channel++) {
            judge(frame, channel);
            keep(frame, channel);
        }
    }

    private void check(Block frame) {
        if (frame.length() != rule.pixels()) {
            throw new IllegalArgumentException(
                    "a frame of " + frame.length() + " pixels, wanted " + rule.height() + " x " + rule.width());
        }
    }

    private void judge(Block frame, int channel) {
        int height = rule.height();
        Arrays.fill(moved, 0);
        for (int row = 0; row < Math.min(StuckRule.REACH, height); row++) {
            slide(frame, channel, row, 1);
        }
        for (int row = 0; row < height; row++) {
            int leaving = row - StuckRule.REACH - 1;
            int coming = row + StuckRule.REACH;
            if (leaving >= 0) {
                slide(frame, channel, leaving, -1);
            }
            if (coming < height) {
                slide(frame, channel, coming, 1);
            }
            judge(frame, channel, row, Math.min(coming, height - 1) - Math.max(leaving, -1));
        }
    }

    /** Counts what moved in a row in, or out. */
    private void slide(Block frame, int channel, int row, int by) {
        int first = row * rule.width();
        for (int column = 0; column < moved.length; column++) {
            float now = frame.value(first + column, channel);
            float then = before[channel * rule.pixels() + first + column];
            moved[column] += now < then || now > then ? by : 0;
        }
    }

    /** @param rows around the row at hand, and with it */
    private void judge(Block frame, int channel, int row, int rows) {
        int width = rule.width();
        int sum = 0;
        for (int column = 0; column < Math.min(StuckRule.REACH, width); column++) {
            sum += moved[column];
        }
        for (int column = 0; column < width; column++) {
            int leaving = column - StuckRule.REACH - 1;
            int coming = column + StuckRule.REACH;
            sum += (coming < width ? moved[coming] : 0) - (leaving >= 0 ? moved[leaving] : 0);
            int pixel = row * width + column;
            int place = channel * rule.pixels() + pixel;
            if (frame.value(pixel, channel) != before[place]) {
                clear(place);
            } else if (StuckRule.most(sum, rows * (Math.min(coming, width - 1) - Math.max(leaving, -1)) - 1)
                    && stands(frame, channel, row, column, sum)) {
                more(place);
            }
        }
    }

    /** Whether a pixel stands out from what moved around it, {@code moved} pixels. */
    private boolean stands(Block frame, int channel, int row, int column, int moved) {
        int lower = 0;
        int higher = 0;
        float value = frame.value(row * rule.width() + column, channel);
        int top = Math.max(0, row - StuckRule.REACH);
        int bottom = Math.min(rule.height() - 1, row + StuckRule.REACH);
        int left = Math.max(0, column - StuckRule.REACH);
        int right = Math.min(rule.width() - 1, column + StuckRule.REACH);
        for (int y = top; y <= bottom; y++) {
            for (int pixel = y * rule.width() + left; pixel <= y * rule.width() + right; pixel++) {
                float now = frame.value(pixel, channel);
                float then = before[channel * rule.pixels() + pixel];
                if (now < then || now > then) {
                    lower += now < value ? 1 : 0;
                    higher += now > value ? 1 : 0;
                }
            }
        }
        return StuckRule.nearlyAll(Math.max(lower, higher), moved);
    }

    private void clear(int place) {
        mapped &= (against[place] & 0xFF) < rule.after();
        against[place] = 0;
    }

    private void more(int place) {
        int frames = against[place] & 0xFF;
        if (frames < rule.after()) {
            against[place] = (byte) (frames + 1);
            mapped &= frames + 1 < rule.after();
        }
    }

    private void keep(Block frame, int channel) {
        for (int pixel = 0; pixel < rule.pixels(); pixel++) {
            before[channel * rule.pixels() + pixel] = frame.value(pixel, channel);
        }
    }

    /** What is stuck as of the last frame; null if nothing is. */
    public @Nullable StuckMap map() {
        if (!mapped) {
            int[] places = new int[against.length];
            int count = 0;
            for (int place = 0; place < against.length; place++) {
                if ((against[place] & 0xFF) >= rule.after()) {
                    places[count++] = place;
                }
            }
            map = count == 0 ? null : new StuckMap(rule.pixels(), Arrays.copyOf(places, count));
            mapped = true;
        }
        return map;
    }
}
