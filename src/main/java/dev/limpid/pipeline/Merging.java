package dev.limpid.pipeline;

import dev.limpid.model.ModelSpec;
import dev.limpid.model.Reconstruction;
import dev.limpid.model.Vocabulary;
import dev.limpid.signal.Kind;
import dev.limpid.signal.OverlapAdd;
import dev.limpid.signal.Taper;

/** How the windows over a slot become its value, and what that makes of the sample. Arrays of windows are the caller's. */
public sealed interface Merging {
    Merging MEAN = new Mean();

    /** Values kept of a slot: its channels first, and what else there is. */
    int planes(int channels);

    /** A window's weights, to begin with. */
    float[] weights(int length);

    /**
     * Makes of the model's answer to a window what is proposed for its slots. The answer is finite, and can be ({@code Outputs.problem}).
     *
     * @param x the window, {@code [channel][time]}, as is {@code clean}
     * @param proposed gets {@code [plane][time]}, all of it; the same array as {@code clean} if there are no more planes than channels
     * @param weights gets one per time
     */
    void propose(
            ModelSpec model,
            Reconstruction answer,
            int row,
            float[] x,
            float[] clean,
            float[] proposed,
            float[] weights);

    /** Adds the slots {@code [from, to)} of the window that starts at {@code start}. */
    void add(OverlapAdd into, long start, float[] proposed, float[] weights, long from, long to);

    /**
     * What became of a sample that a window covers.
     *
     * @param complete whether all of its channels were observed
     * @param raw its first channel
     * @param merged holds what the windows over {@code slot} became
     */
    Quality quality(boolean complete, float raw, OverlapAdd merged, long slot);

    /** Puts what else the windows over {@code slot} say of a sample into the block where it is number {@code index}. */
    void tell(OverlapAdd merged, long slot, CleanedBlock block, int index);

    /** Numbers: their weighted mean, see {@link OverlapAdd} and {@link Taper}. */
    record Mean() implements Merging {
        @Override
        public int planes(int channels) {
            return channels;
        }

        @Override
        public float[] weights(int length) {
            return Taper.weights(length);
        }

        @Override
        public void propose(
                ModelSpec model,
                Reconstruction answer,
                int row,
                float[] x,
                float[] clean,
                float[] proposed,
                float[] weights) {}

        @Override
        public void add(OverlapAdd into, long start, float[] proposed, float[] weights, long from, long to) {
            into.add(start, proposed, weights, from, to);
        }

        @Override
        public Quality quality(boolean complete, float raw, OverlapAdd merged, long slot) {
            return complete ? Quality.CLEANED : Quality.IMPUTED;
        }

        @Override
        public void tell(OverlapAdd merged, long slot, CleanedBlock block, int index) {}
    }

    /**
     * Ids of tokens: the window that is most confident decides. It proposes the likeliest id for a token that is missing, or for one that
     * came, if it is confident enough, and else leaves what came. A second plane has the probability that a token is missing before it, a
     * third how many are, if one is: both by the same window, so that they belong together. What a model does not say there is 0, and
     * nothing is told of it.
     *
     * <p>A model replaces with confidence where it knows nothing, too. So a window is foreign to it, and proposes what came, if more than half of
     * its tokens, and five at least, are harder to believe by the model than by their bare frequencies in its training, each by a factor of e:
     * a sign test of the likelihood ratio by which Ren et al. (2019) tell what a model was not made for. A few wrong tokens do not sway it,
     * nor does a stream whose tokens tell nothing of each other. Of fewer than five such a test says nothing. A window over the same slot
     * that is not foreign decides.
     *
     * @param fillAbove confidence from which on a masked token is filled in
     * @param replaceAbove confidence from which on another token is replaced
     * @param ids ids in use: no other is proposed
     */
    record MostConfident(float fillAbove, float replaceAbove, int ids) implements Merging {
        private static final int MISSING_BEFORE = 1;
        private static final int MISSING_COUNT = 2;
        private static final int FOREIGN = 3;
        /** As little as five of five is significant at the level of 5 %. */
        private static final int LEAST_TOKENS = 5;
        /** Of a window that is not confident at all, which covers its slots nevertheless. */
        private static final float LEAST = Float.MIN_NORMAL;

        @Override
        public int planes(int channels) {
            return channels + FOREIGN;
        }

        @Override
        public float[] weights(int length) {
            return new float[length];
        }

        @Override
        public void propose(
                ModelSpec model,
                Reconstruction answer,
                int row,
                float[] x,
                float[] clean,
                float[] proposed,
                float[] weights) {
            int length = weights.length;
            answer.confidence().get(row * length, weights);
            boolean foreign = model.error() && foreign(model.vocabulary(), x, answer, row);
            boolean before = model.outputs().missingBefore() && !foreign;
            boolean count = model.outputs().missingCount() && !foreign;
            for (int i = 0; i < length; i++) {
                proposed[i] = !foreign && replaces(x[i], clean[i], weights[i]) ? clean[i] : x[i];
                weights[i] = foreign ? LEAST : Math.max(weights[i], 2 * LEAST);
                float probability = before ? answer.missingBefore().get(row * length + i) : 0f;
                // rounding may have taken it beyond
                proposed[MISSING_BEFORE * length + i] = Math.max(0f, Math.min(1f, probability));
                proposed[MISSING_COUNT * length + i] =
                        count ? (float) answer.missingCount().get(row * length + i) : 0f;
                proposed[FOREIGN * length + i] = foreign ? 1f : 0f;
            }
        }

        private static boolean foreign(Vocabulary vocabulary, float[] x, Reconstruction answer, int row) {
            int tokens = 0;
            int worse = 0;
            for (int i = 0; i < x.length; i++) {
                if (x[i] >= Kind.Tokens.FIRST) {
                    tokens++;
                    worse += answer.error().get(row * x.length + i) > vocabulary.surprise((int) x[i]) + 1 ? 1 : 0;
                }
            }
            return worse >= LEAST_TOKENS && 2 * worse > tokens;
        }

        private boolean replaces(float came, float likeliest, float confidence) {
            if (came == Kind.Tokens.UNKNOWN || likeliest < Kind.Tokens.FIRST || likeliest >= ids) {
                return false;
            }
            return confidence >= (came == Kind.Tokens.MASKED ? fillAbove : replaceAbove);
        }

        @Override
        public void add(OverlapAdd into, long start, float[] proposed, float[] weights, long from, long to) {
            into.choose(start, proposed, weights, from, to);
        }

        @Override
        public Quality quality(boolean complete, float raw, OverlapAdd merged, long slot) {
            return quality(raw, merged.mean(slot, 0), merged.mean(slot, FOREIGN) != 0f);
        }

        @Override
        public void tell(OverlapAdd merged, long slot, CleanedBlock block, int index) {
            block.missing(index, merged.mean(slot, MISSING_BEFORE), (int) merged.mean(slot, MISSING_COUNT));
        }

        static Quality quality(float raw, float value, boolean foreign) {
            if (raw == Kind.Tokens.UNKNOWN) {
                return Quality.UNKNOWN;
            }
            if (raw == Kind.Tokens.MASKED) {
                return value == raw ? Quality.MISSING : Quality.IMPUTED;
            }
            if (foreign) {
                return Quality.FOREIGN;
            }
            return value == raw ? Quality.CLEANED : Quality.REPLACED;
        }
    }
}
