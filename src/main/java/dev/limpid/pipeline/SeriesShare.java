package dev.limpid.pipeline;

import dev.limpid.signal.SeriesKey;

/**
 * A share of all series, chosen by a hash of the key: the same ones on every host and after every restart, and all of a smaller
 * share are in a greater one.
 */
public final class SeriesShare {
    private final long below;

    /** @param share 0 to 1 */
    public SeriesShare(double share) {
        this.below = Math.round(share * 0x1p32);
    }

    public boolean holds(SeriesKey series) {
        return Integer.toUnsignedLong(mixed(series.hashCode())) < below;
    }

    /** The last step of MurmurHash3 (Appleby): keys that end in a number differ in the low bits only, and this spreads them. */
    private static int mixed(int hash) {
        int mixed = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
        return mixed ^ (mixed >>> 16);
    }
}
