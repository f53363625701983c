package dev.limpid.model;

import dev.limpid.signal.Floats;
import dev.limpid.signal.Kind;
import java.util.ArrayList;
import java.util.List;

/** A model of tokens that can be computed by hand: what it says of a window depends on its ids alone. */
public final class FakeTokens implements Denoiser {
    /** A window that holds this token makes the run throw. */
    public static final String POISON = "poison";

    /** What a model says of a window. */
    public static final class Said {
        public final int[] clean;
        public final float[] confidence;
        public final float[] error;
        public final float[] missingBefore;
        public final long[] missingCount;
        public final float[] contribution;
        public float score;
        public long reason;
        /** Of whoever asked. */
        public boolean foreign;

        Said(int length) {
            clean = new int[length];
            confidence = new float[length];
            error = new float[length];
            missingBefore = new float[length];
            missingCount = new long[length];
            contribution = new float[length];
        }
    }

    /** Judges a window. */
    public interface Judge {
        Said judge(int[] ids, int vocabulary);
    }

    private final ModelSpec spec;
    private final Judge judge;

    public FakeTokens(String version, int length, Judge judge, String... tokens) {
        this(version, length, new Outputs(true, true, true, true, true, false, 0), judge, tokens);
    }

    public FakeTokens(String version, int length, Outputs outputs, Judge judge, String... tokens) {
        this.judge = judge;
        this.spec = new ModelSpec(
                new ModelId("fake", version, "cafe" + version),
                length,
                List.of(new ChannelSpec("token", "", 1f)),
                false,
                true,
                Floats.of(),
                WindowRange.UNKNOWN,
                Kind.TOKENS,
                outputs,
                vocabulary(tokens));
    }

    public static Vocabulary vocabulary(String... tokens) {
        List<Vocabulary.Entry> entries = new ArrayList<>();
        for (int i = 0; i < tokens.length; i++) {
            entries.add(new Vocabulary.Entry(tokens[i], tokens.length - i));
        }
        return new Vocabulary(entries);
    }

    /**
     * Knows one circle, a, b, c, a, …: each token is the one that follows the one before it, which it is quite sure of (0.995) if that is
     * in the vocabulary and not at all (0.1) if it is not. The error is 5 where another token came, and 9 where the vocabulary does not have
     * it; the score is the sum of errors over 4. Where the token before the last would follow it, one is missing (0.9). As many are missing as
     * the circle has between the one before and what came.
     */
    public static FakeTokens circle(String version, int length, String... tokens) {
        return new FakeTokens(version, length, FakeTokens::circle, tokens);
    }

    private static Said circle(int[] ids, int vocabulary) {
        Said said = new Said(ids.length);
        for (int i = 0; i < ids.length; i++) {
            int before = i == 0 ? Kind.Tokens.UNKNOWN : ids[i - 1];
            boolean known = before >= Kind.Tokens.FIRST;
            said.clean[i] = known ? next(before, vocabulary) : Math.max(ids[i], Kind.Tokens.FIRST);
            said.confidence[i] = known ? 0.995f : 0.1f;
            boolean other = known && ids[i] >= Kind.Tokens.FIRST && ids[i] != said.clean[i];
            said.error[i] = ids[i] == Kind.Tokens.UNKNOWN ? 9 : other ? 5 : 0;
            said.missingBefore[i] = other && ids[i] == next(said.clean[i], vocabulary) ? 0.9f : 0.1f;
            said.missingCount[i] = other ? Math.floorMod(ids[i] - said.clean[i], vocabulary - Kind.Tokens.FIRST) : 0;
            said.score += said.error[i] / 4;
            said.reason = ids[i] == Kind.Tokens.UNKNOWN ? Reason.NEW_TOKEN.code() : said.reason;
        }
        return said;
    }

    private static int next(int id, int vocabulary) {
        return id + 1 < vocabulary ? id + 1 : Kind.Tokens.FIRST;
    }

    /** Says whatever a hash of the window and the place in it comes to, some windows with small errors. */
    public static FakeTokens random(String version, int length, String... tokens) {
        Outputs all = new Outputs(true, true, true, true, true, true, 0);
        return new FakeTokens(version, length, all, FakeTokens::random, tokens);
    }

    /** See {@link #random}. */
    public static Said random(int[] ids, int vocabulary) {
        Said said = new Said(ids.length);
        long hash = 17;
        for (int id : ids) {
            hash = hash * 31 + id;
        }
        float scale = (mixed(hash) & 1024) == 0 ? 4 : 24;
        for (int i = 0; i < ids.length; i++) {
            long mixed = mixed(hash + 1_000_003L * i);
            said.clean[i] = (int) Long.remainderUnsigned(mixed, vocabulary + 2);
            said.confidence[i] = (mixed >>> 8 & 15) / 15f;
            said.missingBefore[i] = (mixed >>> 16 & 15) / 15f;
            said.missingCount[i] = (mixed >>> 20 & 15) % (ids.length + 1);
            said.contribution[i] = (mixed >>> 28 & 15) / 15f;
            said.error[i] = ids[i] <= Kind.Tokens.MASKED ? 0 : (mixed >>> 24 & 63) / scale;
        }
        said.score = (mixed(hash) & 127) / 64f;
        said.reason = (mixed(hash) >>> 8 & 0xffff) % Reason.count();
        return said;
    }

    private static long mixed(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return (mixed ^ (mixed >>> 31)) >>> 1;
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public void denoise(WindowBatch batch, int from, int to, Reconstruction out) throws DenoiserException {
        int length = batch.length();
        int poison = spec.vocabulary().id(POISON);
        for (int row = from; row < to; row++) {
            int[] ids = new int[length];
            for (int i = 0; i < length; i++) {
                ids[i] = (int) batch.x().get(row * length + i);
                if (ids[i] == poison && poison != Kind.Tokens.UNKNOWN) {
                    throw new DenoiserException("poison");
                }
            }
            Said said = judge.judge(ids, spec.vocabulary().ids());
            for (int i = 0; i < length; i++) {
                out.clean().put(row * length + i, said.clean[i]);
                out.confidence().put(row * length + i, said.confidence[i]);
                out.error().put(row * length + i, said.error[i]);
                out.missingBefore().put(row * length + i, said.missingBefore[i]);
                out.missingCount().put(row * length + i, said.missingCount[i]);
                out.contribution().put(row * length + i, said.contribution[i]);
            }
            out.score().put(row, said.score);
            out.reason().put(row, said.reason);
        }
    }

    @Override
    public void close() {}
}
