package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import dev.limpid.model.FakeTokens;
import dev.limpid.model.Vocabulary;
import dev.limpid.train.tokens.Check;
import dev.limpid.train.tokens.CountVectors;
import dev.limpid.train.tokens.Sessions;
import dev.limpid.train.tokens.Thresholds;
import dev.limpid.train.tokens.TokenWindows;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What each token contributes to the check by which its window stands out, of windows of which one check's threshold is low. */
class WindowChecksTest {
    private static final int LENGTH = 6;
    private static final Vocabulary VOCABULARY = FakeTokens.vocabulary("a", "b", "c");
    private static final int A = 3;
    private static final int B = 4;
    private static final int C = 5;
    private static final int MASKED = 1;
    private static final int UNKNOWN = 2;

    private static WindowChecks checks(int length, int longest) {
        List<int[]> windows = List.of(new int[] {A, A, B, C}, new int[] {A, A, A, A, B});
        TokenWindows training = new TokenWindows(Sessions.of(new TreeMap<>(), VOCABULARY, windows), length, length);
        return new WindowChecks(new CountVectors(training, VOCABULARY.ids(), 8, 0, 1), 2, longest, 2);
    }

    private static Thresholds lowest(Check check) {
        Map<Check, Double> values = new EnumMap<>(Check.class);
        Arrays.stream(Check.values()).forEach(each -> values.put(each, each == check ? 1e-3 : 1e6));
        return new Thresholds(values, 0, 0, 0);
    }

    /** By ONNX Runtime, all windows in one batch. */
    private static float[] contribution(WindowChecks checks, Check check, int length, long[] ids, float[] error)
            throws Exception {
        OnnxTokenOps ops = new OnnxTokenOps(Map.of());
        WindowChecks.Judged<String> judged = checks.judged(ops, "x", "clean", "error", length);
        String multiples = checks.multiples(ops, judged.values(), lowest(check));
        ops.output(WindowChecks.contribution(ops, multiples, judged.parts(), length), "out");
        ops.graph()
                .setName("test")
                .addInput(TokenGraph.info("x", DataType.INT64, length))
                .addInput(TokenGraph.info("clean", DataType.INT64, length))
                .addInput(TokenGraph.info("error", DataType.FLOAT, length))
                .addOutput(TokenGraph.info("out", DataType.FLOAT, length));
        byte[] bytes = ModelProto.newBuilder()
                .setIrVersion(9)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OnnxOps.OPSET))
                .setGraph(ops.graph())
                .build()
                .toByteArray();
        // a masked token most likely was an a
        long[] clean = Arrays.stream(ids).map(id -> id == MASKED ? A : id).toArray();
        long[] shape = {ids.length / length, length};
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(bytes);
                OnnxTensor x = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
                OnnxTensor likely = OnnxTensor.createTensor(environment, LongBuffer.wrap(clean), shape);
                OnnxTensor errors = OnnxTensor.createTensor(environment, FloatBuffer.wrap(error), shape);
                OrtSession.Result result = session.run(Map.of("x", x, "clean", likely, "error", errors))) {
            FloatBuffer values = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] out = new float[values.remaining()];
            values.get(out);
            return out;
        }
    }

    private static float[] contribution(Check check, int longest, long... ids) throws Exception {
        float[] error = {1, 3, 0, 4, 0, 0};
        return contribution(checks(LENGTH, longest), check, LENGTH, ids, error);
    }

    @Test
    void tokens_that_are_hard_to_believe_contribute_their_errors() throws Exception {
        // the check sums the two greatest; an unknown token has another check
        assertThat(contribution(Check.SURPRISE, 5, A, B, MASKED, A, 0, 0)).containsExactly(0, 3 / 7f, 0, 4 / 7f, 0, 0);
        assertThat(contribution(Check.MEAN_SURPRISE, 5, A, B, MASKED, A, 0, 0))
                .containsExactly(1 / 8f, 3 / 8f, 0, 4 / 8f, 0, 0);
        assertThat(contribution(Check.MEAN_SURPRISE, 5, A, UNKNOWN, MASKED, A, 0, 0))
                .containsExactly(1 / 5f, 0, 0, 4 / 5f, 0, 0);
    }

    @Test
    void each_token_that_the_vocabulary_does_not_have_contributes_alike() throws Exception {
        assertThat(contribution(Check.UNKNOWN, 5, A, UNKNOWN, MASKED, UNKNOWN, 0, 0))
                .containsExactly(0, 0.5f, 0, 0.5f, 0, 0);
    }

    @Test
    void of_a_window_that_is_too_long_what_is_beyond_contributes_and_of_one_too_short_nothing() throws Exception {
        assertThat(contribution(Check.LENGTH, 2, A, B, A, MASKED, 0, 0)).containsExactly(0, 0, 0.5f, 0.5f, 0, 0);
        assertThat(contribution(Check.LENGTH, 5, A, 0, 0, 0, 0, 0)).containsOnly(0);
    }

    @Test
    void tokens_contribute_that_are_more_than_in_the_nearest_prototype() throws Exception {
        // nearest is a a b c: one b too many, which may be any of the two; two c too many, and a lacks
        assertThat(contribution(Check.COUNTS, 6, A, A, B, C, B, 0)).containsExactly(0, 0, 0.5f, 0, 0.5f, 0);
        float[] two = contribution(Check.COUNTS, 6, A, UNKNOWN, B, C, A, UNKNOWN);
        assertThat(two).containsExactly(0, 0.5f, 0, 0, 0, 0.5f);
        // one unknown and two b too many, which weigh the same, for no count of theirs varies: 4, and 8 for both b
        assertThat(contribution(Check.COUNTS, 6, UNKNOWN, B, B, A, B, C))
                .containsExactly(new float[] {1 / 3f, 2 / 9f, 2 / 9f, 0, 2 / 9f, 0}, within(1e-6f));
        // nearest is a a a a b
        assertThat(contribution(Check.COUNTS, 6, A, A, B, A, A, B)).containsExactly(0, 0, 0.5f, 0, 0, 0.5f);
        assertThat(contribution(Check.COUNTS, 6, A, A, C, 0, 0, 0)).containsOnly(0);
    }

    @Test
    void a_masked_token_counts_and_is_not_to_blame() throws Exception {
        // five a where the nearest has four
        assertThat(contribution(Check.COUNTS, 6, A, MASKED, A, A, B, A)).containsExactly(.25f, 0, .25f, .25f, 0, .25f);
    }

    @Test
    void the_same_bits_at_any_place_of_a_batch() throws Exception {
        int length = 11; // no multiple of a vector
        SplittableRandom random = new SplittableRandom(11);
        long[] ids = new long[40 * length];
        float[] error = new float[ids.length];
        for (int i = 0; i < ids.length; i++) {
            boolean end = i % length > length - 2;
            ids[i] = end ? 0 : 1 + random.nextInt(5);
            error[i] = end ? 0 : (float) random.nextDouble() * 16;
        }
        for (Check check : Check.values()) {
            float[] all = contribution(checks(length, 4), check, length, ids, error);
            for (int from = length; from <= 4 * length; from += length) {
                long[] rest = Arrays.copyOfRange(ids, from, ids.length);
                float[] errors = Arrays.copyOfRange(error, from, ids.length);
                assertThat(contribution(checks(length, 4), check, length, rest, errors))
                        .as("%s, %d windows fewer", check, from / length)
                        .containsExactly(Arrays.copyOfRange(all, from, all.length));
            }
        }
    }
}
