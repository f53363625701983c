package dev.limpid.score;

import java.util.ArrayList;
import java.util.List;

/**
 * A value that the model found hard to believe: the negative logarithm of its likelihood is great.
 *
 * @param at its place in its segment, counted from 0
 * @param value what came; of tokens, the id
 * @param error the model's {@code error} there
 */
public record Surprisal(long at, float value, float error) {
    /** How many of a window are told. */
    public static final int MOST = 3;

    /**
     * Those of a window whose errors are greatest, the greatest first, of equals the earlier; none whose error is 0.
     *
     * @param x values of the first channel, as is {@code error}
     * @param length values of it that lie in the segment
     * @param at place of the window's first value in the segment
     */
    public static List<Surprisal> greatest(float[] x, float[] error, int length, long at) {
        List<Surprisal> greatest = new ArrayList<>(MOST + 1);
        for (int i = 0; i < length; i++) {
            if (error[i] > (greatest.size() < MOST ? 0f : greatest.get(MOST - 1).error())) {
                int place = greatest.size();
                while (place > 0 && greatest.get(place - 1).error() < error[i]) {
                    place--;
                }
                greatest.add(place, new Surprisal(at + i, x[i], error[i]));
                if (greatest.size() > MOST) {
                    greatest.remove(MOST);
                }
            }
        }
        return greatest;
    }
}
