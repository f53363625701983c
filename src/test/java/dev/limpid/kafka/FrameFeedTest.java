package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.limpid.model.ModelStatus;
import dev.limpid.model.ModelStatus.Verdict;
import dev.limpid.model.ShadowStatus;
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

/** Models of frames by topic, on a broker: of 2 by 4 pixels. */
@Timeout(60)
class FrameFeedTest {
    private static int count;

    @TempDir
    Path folder;

    private FeedRig rig;

    @BeforeEach
    void topics() {
        rig = new FeedRig(CrashRig.bootstrap(), "frames" + count++, folder, new Kind.Frame(2, 4, 1));
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void one_of_another_kind_or_shape_is_refused_with_a_remedy_and_the_one_in_force_serves_on() throws Exception {
        // Given
        FeedRig.Instance a = rig.instance("a");
        rig.publish(0, "1");
        a.awaitRunning("tiny:1");

        // When
        rig.publish(TinyModel.halving(1, 8), "2");
        ModelStatus signal = a.awaitVerdict(Verdict.REFUSED, "tiny:2@");
        rig.publish(TinyModel.frames(0.5f, 1, 4, 2, 1), "3");
        ModelStatus turned = a.awaitVerdict(Verdict.REFUSED, "tiny:3@");

        // Then
        assertThat(signal.reason())
                .contains("input 'x' is [-1,1,8], pipeline 'p' needs [-1,1,2,4]; use a model of kind frame");
        assertThat(turned.reason()).contains("retrain with the input.height, input.width and window.frames");
        assertThat(a.running()).isEqualTo("tiny:1");
        rig.publish(1, "4");
        a.awaitRunning("tiny:4");
    }

    @Test
    void a_shadow_sees_the_same_frames_as_the_model_in_force() throws Exception {
        // Given
        FeedRig.Instance a = rig.instance("a");
        rig.publish(0, "1");
        a.awaitRunning("tiny:1");
        rig.shadow(0.75f, "2", Optional.empty());
        a.awaitVerdict(Verdict.SHADOW, "tiny:2@");

        // When
        Pipeline<Integer> pipeline =
                new Pipeline<>(FeedRig.SPEC, a.slot, new MemoryStore<>(), new Recorder<>(), a.shadow);
        for (int frame = 0; frame < 100; frame++) {
            Block block = new Block(1);
            block.begin(1_000 + frame);
            for (int pixel = 0; pixel < 8; pixel++) {
                block.add(4);
            }
            pipeline.accept(SeriesKey.of("s"), frame, block);
        }
        pipeline.flush();

        // Then: the one takes 2 of 4 away, the other 1
        ShadowStatus found = rig.awaitShadow("a", status -> status.compared().windows() == 100);
        assertThat(found.compared().shadow().error())
                .isCloseTo(found.compared().inForce().error() / 2, within(1e-6));
    }
}
