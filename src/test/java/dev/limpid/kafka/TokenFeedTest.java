package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.limpid.codec.TrustedKeys;
import dev.limpid.model.FakeTokens;
import dev.limpid.model.ModelStatus;
import dev.limpid.model.ModelStatus.Verdict;
import dev.limpid.model.ShadowStatus;
import dev.limpid.model.TrialSpec;
import dev.limpid.onnx.Expected;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.Provider;
import dev.limpid.onnx.TinyModel;
import dev.limpid.pipeline.MemoryStore;
import dev.limpid.pipeline.Pipeline;
import dev.limpid.pipeline.Recorder;
import dev.limpid.signal.Block;
import dev.limpid.signal.Kind;
import dev.limpid.signal.SeriesKey;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models of tokens by topic, on a broker: of a vocabulary a, b, c, in windows of 8. */
@Timeout(60)
class TokenFeedTest {
    private static int count;

    @TempDir
    Path folder;

    private FeedRig rig;

    @BeforeEach
    void topics() {
        rig = new FeedRig(CrashRig.bootstrap(), "tokens" + count++, folder, Kind.TOKENS);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void one_of_another_rank_length_or_type_is_refused_with_a_remedy_and_the_one_in_force_serves_on() throws Exception {
        // Given
        FeedRig.Instance a = rig.instance("a");
        rig.publish(0, "1");
        a.awaitRunning("tiny:1");

        // When
        rig.publish(TinyModel.halving(1, 8), "2");
        ModelStatus signal = a.awaitVerdict(Verdict.REFUSED, "tiny:2@");
        rig.publish(TinyModel.tokens(16, FeedRig.KNOWN), "3");
        ModelStatus longer = a.awaitVerdict(Verdict.REFUSED, "tiny:3@");
        rig.publish(TinyModel.tokensAsNumbers(8, FeedRig.KNOWN), "4");
        ModelStatus numbers = a.awaitVerdict(Verdict.REFUSED, "tiny:4@");

        // Then
        assertThat(signal.reason())
                .contains("input 'x' is [-1,1,8], pipeline 'p' needs [-1,8]; use a model of kind tokens");
        assertThat(longer.reason()).contains("retrain with window.length=8");
        assertThat(numbers.reason()).contains("input 'x' is float32, needs int64; export it as int64");
        assertThat(a.running()).isEqualTo("tiny:1");
        rig.publish(1, "5");
        a.awaitRunning("tiny:5");
    }

    @Test
    void a_vocabulary_that_begins_otherwise_is_refused_and_one_that_goes_on_is_taken() throws Exception {
        // Given
        rig.publish(0, "1");
        FeedRig.Instance a = rig.instance("a");
        a.awaitRunning("tiny:1");

        // When
        rig.publish(TinyModel.tokens(8, FakeTokens.vocabulary("b", "a", "c")), "2");
        ModelStatus others = a.awaitVerdict(Verdict.REFUSED, "tiny:2@");
        rig.publish(TinyModel.tokens(8, FakeTokens.vocabulary("a", "b")), "3");
        ModelStatus fewer = a.awaitVerdict(Verdict.REFUSED, "tiny:3@");

        // Then
        assertThat(others.reason())
                .contains("its vocabulary of 3 tokens does not begin with the 3 tokens that pipeline 'p' runs with;"
                        + " retrain it from the vocabulary of the model in force");
        assertThat(fewer.reason()).contains("its vocabulary of 2 tokens does not begin");
        assertThat(a.running()).isEqualTo("tiny:1");
        rig.publish(TinyModel.tokens(8, FakeTokens.vocabulary("a", "b", "c", "d")), "4");
        a.awaitRunning("tiny:4");
    }

    @Test
    void a_model_that_came_before_the_vocabulary_was_known_is_not_put_in_force_either() throws Exception {
        // Given
        Expected any = new Expected("p", 1, 8, 4, Kind.TOKENS);
        Follower follower = new Follower("p", "tiny", any, Provider.CPU, TrustedKeys.NONE);
        follower.take(ModelFile.open(TinyModel.tokens(8, FeedRig.KNOWN).bytes(), "tiny", Provider.CPU, any));
        ModelTrials trials = new ModelTrials("p", TrialSpec.DEFAULT, FakeTokens.circle("1", 8, "z"));

        // When: the pipeline had not waited for it
        follower.speaking(trials.slot().spec().vocabulary());
        follower.serve(trials, ModelFile::denoiser);

        // Then
        assertThat(trials.slot().spec().id().name()).isEqualTo("fake");
        trials.slot().close();
    }

    @Test
    void a_shadow_sees_the_same_tokens_as_the_model_in_force() throws Exception {
        // Given
        FeedRig.Instance a = rig.instance("a");
        rig.publish(0, "1");
        a.awaitRunning("tiny:1");
        rig.shadow(0.25f, "2", Optional.empty());
        a.awaitVerdict(Verdict.SHADOW, "tiny:2@");

        // When
        Pipeline<Integer> pipeline =
                new Pipeline<>(rig.spec(), a.slot, new MemoryStore<>(), new Recorder<>(), a.shadow);
        for (int session = 0; session < 100; session++) {
            Block block = new Block(1);
            block.begin(1_000 + session);
            for (int token = 0; token < 8; token++) {
                block.add(Kind.Tokens.FIRST + token % 3);
            }
            pipeline.accept(SeriesKey.of("s"), session, block);
        }
        pipeline.flush();

        // Then: the one has half of each id as its error, the other a quarter
        ShadowStatus found = rig.awaitShadow("a", status -> status.compared().windows() == 100);
        assertThat(found.compared().shadow().error())
                .isCloseTo(found.compared().inForce().error() / 2, within(1e-6));
        assertThat(found.compared().inForce().error()).isPositive();
    }
}
