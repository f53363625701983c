package dev.limpid.train.tokens;

import dev.limpid.signal.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How often each token stands in a window, for the windows of training: the prototypes that another window's counts are compared with
 * (event count vector clustering: Landauer et al. 2023, "A critical review of common log data sets used for evaluation of sequence-based
 * anomaly detection techniques"). Equal vectors are one prototype; the most frequent are kept. Immutable.
 *
 * <p>The distance of counts {@code a} to a prototype {@code b} is {@code Σ w |a - b| / Σ w max(a, b)}, from 0 to 1. Where the
 * review weighs a token by its rarity among sessions, here {@code w = 1 / (1/4 + s)} with {@code s} the mean difference
 * of the token's counts between a prototype and its nearest neighbour: a token whose count is the same in all of them weighs most, one
 * that comes as often as it likes least.
 */
public final class CountVectors {
    /** Values of the prototypes at most: the check makes as many for each window of a batch. */
    private static final int MOST_VALUES = 1 << 15;

    private static final int MOST_COLUMNS = 256;

    /** Values of the widest vector of any processor: rows of so many are summed alike wherever they lie. */
    public static final int VECTOR = 16;

    private static final float STEADY = 0.25f;
    private static final int ROUNDS = 4;

    private final int columns;
    private final List<Prototype> prototypes;
    private final float[] weights;

    /** A vector and how many units have it. */
    @SuppressWarnings("ArrayRecordComponent") // private to the class, never compared
    private record Prototype(float[] counts, int units) {}

    /**
     * Counts.
     *
     * @param ids of the vocabulary
     * @param most prototypes at most
     * @param unit of each window: what is left out together when a window is compared with the others
     */
    public CountVectors(TokenWindows windows, int ids, int most, int... unit) {
        this.columns = Math.min((ids + VECTOR - 1) / VECTOR * VECTOR, MOST_COLUMNS);
        Map<List<Float>, Set<Integer>> units = new HashMap<>();
        Map<List<Float>, float[]> vectors = new HashMap<>();
        for (int window = 0; window < windows.size(); window++) {
            float[] counts = counts(windows.at(window));
            List<Float> key = key(counts);
            vectors.putIfAbsent(key, counts);
            units.computeIfAbsent(key, none -> new HashSet<>()).add(unit[window]);
        }
        List<Prototype> all = new ArrayList<>();
        vectors.forEach((key, counts) ->
                all.add(new Prototype(counts, units.getOrDefault(key, Set.of()).size())));
        all.sort(Comparator.comparingInt((Prototype prototype) -> -prototype.units())
                .thenComparing(prototype -> prototype.counts(), Arrays::compare));
        this.prototypes = List.copyOf(all.subList(0, Math.min(all.size(), Math.min(most, MOST_VALUES / columns))));
        this.weights = new float[columns];
        weigh();
    }

    private static List<Float> key(float[] counts) {
        List<Float> key = new ArrayList<>(counts.length);
        for (float count : counts) {
            key.add(count);
        }
        return key;
    }

    private void weigh() {
        Arrays.fill(weights, Kind.Tokens.UNKNOWN, columns, 1);
        for (int round = 0; round < ROUNDS && prototypes.size() > 1; round++) {
            double[] differences = new double[columns];
            for (int i = 0; i < prototypes.size(); i++) {
                float[] counts = prototypes.get(i).counts();
                float[] nearest = prototypes.get(nearest(counts, i)).counts();
                for (int column = 0; column < columns; column++) {
                    differences[column] += Math.abs(counts[column] - nearest[column]);
                }
            }
            for (int column = Kind.Tokens.UNKNOWN; column < columns; column++) {
                weights[column] = (float) (1 / (STEADY + differences[column] / prototypes.size()));
            }
        }
    }

    /** How often each id stands in a window; ids beyond the last column count there. */
    private float[] counts(int[] window) {
        float[] counts = new float[columns];
        for (int id : window) {
            counts[Math.min(id, columns - 1)]++;
        }
        counts[Kind.Tokens.PADDING] = 0; // no token
        return counts;
    }

    /** @param without one that is not there; -1: all are */
    private int nearest(float[] counts, int without) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < prototypes.size(); i++) {
            double distance = i == without
                    ? Double.POSITIVE_INFINITY
                    : distance(counts, prototypes.get(i).counts());
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    private double distance(float[] a, float[] b) {
        double difference = 0;
        double most = 0;
        for (int column = 0; column < columns; column++) {
            difference += weights[column] * Math.abs(a[column] - b[column]);
            most += weights[column] * Math.max(a[column], b[column]);
        }
        return difference / Math.max(1e-6, most);
    }

    /** Distance of a training window to the nearest prototype that another unit has, too; 1 if there is none. */
    public double toOthers(int[] window) {
        float[] counts = counts(window);
        int same = -1;
        for (int i = 0; i < prototypes.size(); i++) {
            if (Arrays.equals(prototypes.get(i).counts(), counts)) {
                same = i;
            }
        }
        if (same >= 0 && prototypes.get(same).units() > 1) {
            return 0;
        }
        int nearest = nearest(counts, same);
        return nearest < 0 ? 1 : distance(counts, prototypes.get(nearest).counts());
    }

    /** Distance to the nearest prototype. */
    public double distance(int[] window) {
        float[] counts = counts(window);
        return distance(counts, prototypes.get(nearest(counts, -1)).counts());
    }

    /**
     * Half of the least distance that is not 0, that of one token more or less of the lightest weight beside the heaviest prototype: a threshold
     * between a vector that is there and any other one.
     */
    public double half() {
        double heaviest = 0;
        for (Prototype prototype : prototypes) {
            double sum = 0;
            for (int column = 0; column < columns; column++) {
                sum += weights[column] * prototype.counts()[column];
            }
            heaviest = Math.max(heaviest, sum);
        }
        double lightest = Double.POSITIVE_INFINITY;
        for (int column = Kind.Tokens.UNKNOWN; column < columns; column++) {
            lightest = Math.min(lightest, weights[column]);
        }
        return lightest / (heaviest + lightest) / 2;
    }

    /** Counts of each vector: those of ids, and of all ids from the last on; a multiple of {@link #VECTOR}. */
    public int columns() {
        return columns;
    }

    public int size() {
        return prototypes.size();
    }

    /** {@code [prototype][column]}. */
    public float[] values() {
        float[] values = new float[prototypes.size() * columns];
        for (int i = 0; i < prototypes.size(); i++) {
            System.arraycopy(prototypes.get(i).counts(), 0, values, i * columns, columns);
        }
        return values;
    }

    /** By column; 0 for padding and masked tokens. */
    public float[] weights() {
        return weights.clone();
    }
}
