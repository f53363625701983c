package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import dev.limpid.signal.Kind;
import dev.limpid.train.corruption.Gaussian;
import dev.limpid.train.corruption.Range;
import dev.limpid.train.corruption.Scale;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureLossTest {
    @TempDir
    Path folder;

    @Test
    void the_block_names_the_weight() {
        Map<String, Object> loss = Map.of("kind", "cross-entropy", "features", 3);

        TrainBlock.Read read = read(new Kind.Frame(8, 8, 1), loss, "clean");

        assertThat(read.problems()).isEmpty();
        assertThat(read.spec().problems()).isEmpty();
        assertThat(read.spec().loss()).isEqualTo(new Loss(new Loss.CrossEntropy(), 0, 3, List.of()));
        assertThat(read.spec().loss().phrase(List.of("grey")))
                .isEqualTo("cross-entropy + 3.0 of the features' difference");
    }

    @Test
    void features_are_refused_unless_of_clean_frames_that_can_be_halved_twice() {
        Map<String, Object> loss = Map.of("kind", "cross-entropy", "features", 3);

        assertThat(read(Kind.SIGNAL, loss, "clean").spec().problems())
                .containsExactly("train.loss.features is of frames; needs kind: frame, or 0");
        assertThat(read(Kind.SIGNAL, loss, "blind-spot").spec().problems())
                .contains("train.loss.features compares with the clean frame; needs train.supervision clean, or 0");
        assertThat(read(new Kind.Frame(8, 8, 1), loss, "noisier2noise").spec().problems())
                .contains("train.loss.features compares with the clean frame; needs train.supervision clean, or 0");
        assertThat(read(new Kind.Frame(8, 6, 1), loss, "clean").spec().problems())
                .containsExactly(
                        "train.frame is [1, 8, 6], train.loss.features needs height and width to be multiples of 4, or 0");
        for (Object wrong : List.of(-1, "NaN", "Infinity")) {
            Map<String, Object> weight = Map.of("kind", "cross-entropy", "features", wrong);
            assertThat(read(new Kind.Frame(8, 8, 1), weight, "clean").spec().problems())
                    .containsExactly(
                            "train.loss.features is " + Double.parseDouble("" + wrong) + ", needs 0 to 1000000");
        }
        assertThat(read(Kind.SIGNAL, Map.of("features", 0), "clean").spec().problems())
                .isEmpty();
    }

    @Test
    void the_same_seed_gives_the_same_bytes_other_than_without_and_features_are_heard_first() throws Exception {
        // Given
        List<String> heard = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void progress(Progress at) {
                heard.add("train " + at.step() + "/" + at.steps());
            }

            @Override
            public void features(Progress at) {
                heard.add("features " + at.step() + "/" + at.steps());
            }
        };

        // When
        byte[] first = bytes(3, listener, Optional.empty());
        byte[] second = bytes(3, TrainingListener.NONE, Optional.empty());

        // Then
        assertThat(second).isEqualTo(first);
        assertThat(bytes(0, TrainingListener.NONE, Optional.empty())).isNotEqualTo(first);
        assertThat(heard).hasSize(12 + 6);
        assertThat(heard).startsWith("features 1/6").endsWith("train 12/12");
        assertThat(heard.subList(0, 6)).allMatch(line -> line.startsWith("features"));
    }

    @Test
    void a_weight_that_tells_nothing_changes_no_chance() throws Exception {
        // Given: so little that float32 does not feel it beside the pixels
        byte[] without = bytes(0, TrainingListener.NONE, Optional.empty());

        // When
        byte[] nearly = bytes(1e-30, TrainingListener.NONE, Optional.empty());

        // Then
        assertThat(nearly).isEqualTo(without);
    }

    @Test
    void the_model_file_has_no_trace_of_features_but_other_weights() throws Exception {
        // Given
        byte[] without = bytes(0, TrainingListener.NONE, Optional.empty());

        // When
        byte[] with = bytes(3, TrainingListener.NONE, Optional.empty());

        // Then
        assertThat(form(with)).isEqualTo(form(without));
        assertThat(with).isNotEqualTo(without);
    }

    /** Every node, and the name and shape of every tensor. */
    private static List<String> form(byte[] model) throws IOException {
        GraphProto graph = ModelProto.parseFrom(model).getGraph();
        List<String> form = new ArrayList<>();
        graph.getInitializerList().forEach(tensor -> form.add(tensor.getName() + " " + tensor.getDimsList()));
        graph.getNodeList().forEach(node -> form.add(node.toString()));
        return form;
    }

    @Test
    void killed_in_either_stage_it_goes_on_to_the_same_bytes() throws Exception {
        // Given
        byte[] whole = bytes(3, TrainingListener.NONE, Optional.empty());
        Path file = folder.resolve("state");
        Checkpoints checkpoints = new Checkpoints(file, 2);

        for (String killedAt : List.of("features 5", "train 7")) {
            // When
            List<String> heard = new ArrayList<>();
            assertThatThrownBy(() -> bytes(3, killer(killedAt, heard), Optional.of(checkpoints)))
                    .hasMessage("killed");
            heard.clear();
            byte[] again = bytes(3, killer("never", heard), Optional.of(checkpoints));

            // Then: features go on from step 4, the model from 6
            assertThat(heard).first().isEqualTo("features 5");
            assertThat(heard).contains(killedAt.equals("train 7") ? "train 7" : "train 1");
            assertThat(heard.contains("train 6")).isEqualTo(!killedAt.equals("train 7"));
            assertThat(again).isEqualTo(whole);
            checkpoints.remove();
            try (var left = Files.list(folder)) {
                assertThat(left).isEmpty();
            }
        }
    }

    @Test
    void frames_of_several_channels_and_moments_have_features_in_the_channels_units() throws Exception {
        // Given: two channels of unlike scale, two frames a window, normalised and linear
        float[] bars = Bars.data().clean().get(0).channels().get(0);
        float[] far = new float[bars.length];
        for (int i = 0; i < far.length; i++) {
            far[i] = 300 + 20 * bars[i];
        }
        Frame frame = new Frame(2, 8, 8, 2);
        TrainSpec one = Bars.spec(1);
        TrainSpec spec = new TrainSpec(
                "two",
                "1",
                List.of("near", "far"),
                "",
                128,
                new UNet2d(frame, List.of(4), 2, Activation.RELU),
                one.schedule(),
                Corruption.of(List.of(new Gaussian(1, Range.of(0.3), Scale.RMS, Optional.empty()))),
                Augmentation.NONE,
                0.1,
                3,
                new Loss(new Loss.Squared(), 0, 1, List.of()),
                Ends.DEFAULT,
                Optional.of(frame));
        TrainingData data = new TrainingData(List.of(new Recording("two", "", List.of(bars, far))), List.of());

        // When
        FeatureNetwork network = FeatureNetwork.of(frame, Trainer.autoencoder(data, spec));
        TrainedModel model = Trainer.train(data, spec, TrainingListener.NONE);

        // Then
        assertThat(network.centre().at(1)).isBetween(300f, 310f);
        assertThat(network.scale().at(1) / network.scale().at(0)).isCloseTo(20, within(0.1f));
        assertThat(model.metadata().metrics().get("heldOutRmse")).isFinite();
    }

    @Test
    void a_pace_counts_the_features_in() throws Exception {
        // what else the machine does makes both slower: the fastest of three count
        int without = 0;
        int with = 0;
        for (int round = 0; round < 3; round++) {
            without = Math.max(without, Pace.steps(Bars.data(), Bars.spec(0), 1));
            with = Math.max(with, Pace.steps(Bars.data(), Bars.spec(3), 1));
        }

        // a feature network of 8 by 8 costs several times this one
        assertThat(with).isLessThan((int) (0.8 * without));
    }

    private static TrainingListener killer(String at, List<String> heard) {
        return new TrainingListener() {
            @Override
            public void progress(Progress progress) {
                hear("train " + progress.step());
            }

            @Override
            public void features(Progress progress) {
                hear("features " + progress.step());
            }

            private void hear(String line) {
                heard.add(line);
                if (line.equals(at)) {
                    throw new IllegalStateException("killed");
                }
            }
        };
    }

    private static TrainBlock.Read read(Kind kind, Map<String, Object> loss, String supervision) {
        Map<String, Object> block =
                Map.of("loss", loss, "supervision", supervision, "output", "sigmoid", "network", "dense");
        int length = kind instanceof Kind.Frame frame ? frame.height() * frame.width() : 64;
        return TrainBlock.read(block, new TrainBlock.Target("t", "1", List.of("grey"), length, 0, kind));
    }

    private static byte[] bytes(double weight, TrainingListener listener, Optional<Checkpoints> checkpoints) {
        try {
            return Trainer.train(Bars.data(), Bars.spec(weight), listener, checkpoints)
                    .bytes()
                    .toArray();
        } catch (TrainingRefused e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
