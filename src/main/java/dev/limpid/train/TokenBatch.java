package dev.limpid.train;

import dev.limpid.signal.Kind;
import dev.limpid.train.tokens.SpoiltTokens;
import dev.limpid.train.tokens.TokenDisturbance;
import dev.limpid.train.tokens.TokenFrequencies;
import dev.limpid.train.tokens.TokenWindows;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * So many spoilt windows of tokens and what should stand in them, {@code [window][time]}; reused for every batch and confined to one thread.
 */
final class TokenBatch {
    final int windows;
    final int length;

    /** What the network gets. */
    final long[] ids;

    /** What should stand there. */
    final long[] target;

    /** How many tokens are missing before it, at most {@link MaskedModel#MOST_MISSING}. */
    final long[] missing;

    /** Weight of a token's error; 0 beyond the end. */
    final float[] grade;

    /** 1 where a token stands. */
    final float[] real;

    TokenBatch(int windows, int length) {
        this.windows = windows;
        this.length = length;
        int size = windows * length;
        this.ids = new long[size];
        this.target = new long[size];
        this.missing = new long[size];
        this.grade = new float[size];
        this.real = new float[size];
    }

    /** Fills batches with windows drawn evenly, spoilt, and with every {@code masks}-th token hidden, from a place that is drawn. */
    static final class Source {
        private final TokenWindows windows;
        private final List<TokenDisturbance> disturbances;
        private final int masks;
        private final float others;
        private final SpoiltTokens spoilt;
        private final SplittableRandom random;

        /** @param others weight of the error of tokens that are neither hidden nor spoilt */
        Source(
                TokenWindows windows,
                TokenFrequencies frequencies,
                List<TokenDisturbance> disturbances,
                int masks,
                double others,
                long seed) {
            this.windows = windows;
            this.disturbances = disturbances;
            this.masks = masks;
            this.others = (float) others;
            this.spoilt = new SpoiltTokens(windows.length(), frequencies);
            this.random = new SplittableRandom(seed);
        }

        void fill(TokenBatch batch) {
            for (int window = 0; window < batch.windows; window++) {
                spoilt.load(windows.at(random.nextInt(windows.size())));
                TokenDisturbance.strike(disturbances, spoilt, random);
                put(batch, window * batch.length, random.nextInt(masks));
            }
        }

        private void put(TokenBatch batch, int at, int rest) {
            Arrays.fill(batch.ids, at, at + batch.length, Kind.Tokens.PADDING);
            Arrays.fill(batch.target, at, at + batch.length, Kind.Tokens.PADDING);
            Arrays.fill(batch.missing, at, at + batch.length, 0);
            Arrays.fill(batch.grade, at, at + batch.length, 0);
            Arrays.fill(batch.real, at, at + batch.length, 0);
            for (int i = 0; i < spoilt.size(); i++) {
                boolean hidden = i % masks == rest;
                batch.ids[at + i] = hidden ? Kind.Tokens.MASKED : spoilt.id(i);
                batch.target[at + i] = spoilt.target(i);
                batch.missing[at + i] = Math.min(MaskedModel.MOST_MISSING, spoilt.missing(i));
                batch.grade[at + i] = hidden || spoilt.id(i) != spoilt.target(i) ? 1 : others;
                batch.real[at + i] = 1;
                if (spoilt.target(i) < Kind.Tokens.FIRST) {
                    batch.grade[at + i] = 0; // one that is unknown, or was missing before: nothing can be said of it
                }
            }
        }
    }
}
