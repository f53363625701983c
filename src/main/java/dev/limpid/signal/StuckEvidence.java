package dev.limpid.signal;

import java.util.Arrays;

/**
 * What {@link StuckPixels} keeps of a series beside its last frame: the pixels that there is evidence against, by rising place in
 * {@code [channel][row][column]}, and in how many frames. Immutable.
 */
public final class StuckEvidence {
    /** Against none. */
    public static final StuckEvidence NONE = new StuckEvidence(new int[0], new int[0]);

    private final int[] places;
    private final int[] frames;

    private StuckEvidence(int[] places, int[] frames) {
        this.places = places;
        this.frames = frames;
    }

    /** Takes both arrays over, {@code places} rising. */
    public static StuckEvidence owning(int[] places, int[] frames) {
        return places.length == 0 ? NONE : new StuckEvidence(places, frames);
    }

    /** Number of pixels. */
    public int size() {
        return places.length;
    }

    /** Where the {@code i}th of them is. */
    public int place(int i) {
        return places[i];
    }

    /** How many frames speak against it: 1 to {@link StuckRule#after()}. */
    public int frames(int i) {
        return frames[i];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StuckEvidence that
                && Arrays.equals(places, that.places)
                && Arrays.equals(frames, that.frames);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(places) + Arrays.hashCode(frames);
    }

    @Override
    public String toString() {
        return "StuckEvidence" + Arrays.toString(places) + Arrays.toString(frames);
    }
}
