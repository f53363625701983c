package dev.limpid.score;

import java.util.ArrayList;
import java.util.List;

/**
 * A value of a window that its score tells of: mostly one that the model found hard to believe, so that the negative logarithm of its
 * likelihood is great.
 *
 * @param at its place in its segment, counted from 0
 * @param value what came; of tokens, the id
 * @param error the model's {@code error} there
 */
public record Surprisal(long at, float value, float error) {
    /** In place of a number: all of a window, in the order of their places. */
    public static final int ALL = Integer.MAX_VALUE;

    /** How many of a window are told if nobody says. */
    public static final int USUAL = 3;

    /**
     * Those of a window whose errors are greatest, the greatest first, of equals the earlier; none whose error is 0. Or {@link #ALL}.
     *
     * @param x values of the first channel, as is {@code error}
     * @param length values of it that lie in the segment
     * @param at place of the window's first value in the segment
     * @param most so many at most
     */
    public static List<Surprisal> of(float[] x, float[] error, int length, long at, int most) {
        List<Surprisal> told = new ArrayList<>(most == ALL ? length : Math.min(most, length) + 1);
        for (int i = 0; i < length; i++) {
            int place = most == ALL ? i : place(told, error[i], most);
            if (place < most) {
                told.add(place, new Surprisal(at + i, x[i], error[i]));
            }
            if (told.size() > most) {
                told.remove(most);
            }
        }
        return told;
    }

    /** Where it goes among those so far; {@code most} if it does not. */
    private static int place(List<Surprisal> told, float error, int most) {
        if (!(error > 0f)) {
            return most;
        }
        int place = told.size();
        while (place > 0 && told.get(place - 1).error() < error) {
            place--;
        }
        return place;
    }
}
