package dev.limpid.train;

import java.util.ArrayList;
import java.util.List;

/** Cuts recordings at what is missing or left out, which is NaN, so that no window spans it. */
final class Gapless {
    private Gapless() {}

    /**
     * The stretches of {@code recordings} in which every channel is known, those of at least {@code least} samples.
     *
     * @param grain samples that are left out together: 1, or those of a frame
     */
    static List<Recording> stretches(List<Recording> recordings, int least, int grain) {
        List<Recording> all = new ArrayList<>();
        for (Recording recording : recordings) {
            int from = 0;
            for (int at = 0; at < recording.samples(); at += grain) {
                int to = Math.min(recording.samples(), at + grain);
                if (missing(recording, at, to)) {
                    add(recording, from, at, least, all);
                    from = to;
                }
            }
            add(recording, from, recording.samples(), least, all);
        }
        return all;
    }

    private static void add(Recording recording, int from, int to, int least, List<Recording> all) {
        if (to - from >= least) {
            all.add(to - from == recording.samples() ? recording : recording.slice(from, to));
        }
    }

    private static boolean missing(Recording recording, int from, int to) {
        for (float[] channel : recording.channels()) {
            for (int i = from; i < to; i++) {
                if (Float.isNaN(channel[i])) {
                    return true;
                }
            }
        }
        return false;
    }
}
