package dev.limpid.demo;

import dev.limpid.demo.Sensor.Strip;
import dev.limpid.signal.Floats;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest few seconds of a series, raw and cleaned, for the view. Mutable, confined to one thread. */
final class Glance {
    private static final int RECORDS = 40;
    private final Deque<Strip> strips = new ArrayDeque<>();
    private final Deque<Floats> cleaned = new ArrayDeque<>();

    void add(Strip strip, Floats clean) {
        strips.add(strip);
        cleaned.add(clean);
        if (strips.size() > RECORDS) {
            strips.remove();
            cleaned.remove();
        }
    }

    Picture picture() {
        return new Picture(
                join(strips.stream().map(Strip::raw).toList()),
                join(cleaned.stream().toList()));
    }

    private static Floats join(List<Floats> parts) {
        float[] all = new float[parts.stream().mapToInt(Floats::length).sum()];
        int at = 0;
        for (Floats part : parts) {
            for (int i = 0; i < part.length(); i++) {
                all[at++] = part.at(i);
            }
        }
        return Floats.owning(all);
    }

    /** Raw (NaN where missing) and cleaned values, of equal length. */
    record Picture(Floats raw, Floats clean) {}
}
