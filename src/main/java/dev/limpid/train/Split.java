package dev.limpid.train;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a recording is parted, once and in time: what is fitted on lies before it, what decides and calibrates from it on. No window is
 * drawn from a recording that was not parted, so none reaches over the place.
 *
 * @param heldOut share at the end
 * @param grain samples that are not parted: 1, or those of a frame
 */
public record Split(double heldOut, int grain) {
    /** The place in a recording of so many samples. */
    int place(int samples) {
        return (int) Math.round(samples / (double) grain * (1 - heldOut)) * grain;
    }

    List<Recording> head(List<Recording> recordings) {
        List<Recording> heads = new ArrayList<>();
        for (Recording recording : recordings) {
            heads.add(recording.slice(0, place(recording.samples())));
        }
        return heads;
    }

    List<Recording> tail(List<Recording> recordings) {
        List<Recording> tails = new ArrayList<>();
        for (Recording recording : recordings) {
            tails.add(recording.slice(place(recording.samples()), recording.samples()));
        }
        return tails;
    }
}
