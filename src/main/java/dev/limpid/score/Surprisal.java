package dev.limpid.score;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of a window that its score tells of: one that the window stands out by, or that the model found hard to believe, so that the
 * negative logarithm of its likelihood is great.
 *
 * @param at its place in its segment, counted from 0
 * @param value what came; of tokens, the id
 * @param error the model's {@code error} there
 * @param contribution its share of what the window stands out by, 0 to 1; NaN if the model does not say
 */
public record Surprisal(long at, float value, float error, float contribution) {
    /** In place of a number: all of a window, in the order of their places. */
    public static final int ALL = Integer.MAX_VALUE;

    /** How many of a window are told if nobody says. */
    public static final int USUAL = 3;

    /** Of a model that does not say what a window stands out by. */
    public Surprisal(long at, float value, float error) {
        this(at, value, error, Float.NaN);
    }

    /**
     * Those of a window that contribute most, or, if the model does not say or nothing does, whose errors are greatest: the greatest first, of
     * equals the earlier; none that is 0. Or {@link #ALL}.
     *
     * @param x values of the first channel, as is {@code error}
     * @param contribution null if the model does not say
     * @param length values of it that lie in the segment
     * @param at place of the window's first value in the segment
     * @param most so many at most
     */
    public static List<Surprisal> of(
            float[] x, float[] error, float @Nullable [] contribution, int length, long at, int most) {
        float[] weights = contribution != null && any(contribution, length) ? contribution : error;
        int[] places = new int[most == ALL ? length : Math.min(most, length)];
        int told = 0;
        for (int i = 0; i < length; i++) {
            int place = most == ALL ? i : place(places, told, weights, i);
            if (place < places.length) {
                told = Math.min(told + 1, places.length);
                System.arraycopy(places, place, places, place + 1, told - place - 1);
                places[place] = i;
            }
        }
        List<Surprisal> surprisals = new ArrayList<>(told);
        for (int i = 0; i < told; i++) {
            int place = places[i];
            // rounding may take a share beyond 0 and 1
            float share = contribution == null ? Float.NaN : Math.max(0f, Math.min(1f, contribution[place]));
            surprisals.add(new Surprisal(at + place, x[place], error[place], share));
        }
        return surprisals;
    }

    private static boolean any(float[] values, int length) {
        boolean any = false;
        for (int i = 0; i < length; i++) {
            any |= values[i] > 0f;
        }
        return any;
    }

    /** Where one goes among those told so far; the number of all places if it does not. */
    private static int place(int[] places, int told, float[] weights, int at) {
        if (!(weights[at] > 0f)) {
            return places.length;
        }
        int place = told;
        while (place > 0 && weights[places[place - 1]] < weights[at]) {
            place--;
        }
        return place;
    }
}
