package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.definition.Nearest;
import dev.limpid.signal.Kind;
import dev.limpid.train.corruption.Disturbance;
import dev.limpid.train.corruption.Impulses;
import dev.limpid.train.corruption.Range;
import dev.limpid.train.corruption.Scale;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrainBlockTest {
    private static final TrainBlock.Target TARGET = new TrainBlock.Target("ecg", "1", List.of("lead"), 512);

    private static final TrainBlock.Target FRAMES =
            new TrainBlock.Target("grey", "1", List.of("grey"), 512, 0, new Kind.Frame(16, 32, 1));

    @Test
    void an_empty_block_gives_the_defaults() {
        TrainBlock.Read read = TrainBlock.read(Map.of(), TARGET);

        assertThat(read.problems()).isEmpty();
        assertThat(read.spec().network()).isEqualTo(UNet.DEFAULT);
        assertThat(read.spec().schedule()).isEqualTo(Schedule.DEFAULT);
        assertThat(read.spec().corruption()).isEqualTo(Corruption.DEFAULT);
        assertThat(read.spec().augmentation()).isEqualTo(Augmentation.DEFAULT);
        assertThat(read.spec().problems()).isEmpty();
    }

    @Test
    void what_the_block_says_holds_also_as_text_from_the_environment() {
        TrainBlock.Read read = TrainBlock.read(
                Map.of(
                        "network", "dense",
                        "widths", "64,16,64",
                        "learning-rate", "2e-3",
                        "augmentation", Map.of("gain", List.of(0.5, 2)),
                        "corruption", Map.of("snr-db", "-5,5", "mask", 0)),
                TARGET);

        assertThat(read.problems()).isEmpty();
        assertThat(read.spec().network()).isEqualTo(new Dense(List.of(64, 16, 64)));
        assertThat(read.spec().schedule().learningRate()).isEqualTo(2e-3);
        assertThat(read.spec().augmentation().gainHigh()).isEqualTo(2);
        assertThat(read.spec().corruption().snrLowDb()).isEqualTo(-5);
        assertThat(read.spec().corruption().mask()).isZero();
    }

    @Test
    void all_problems_are_told_at_once_each_with_its_path() {
        TrainBlock.Read read = TrainBlock.read(
                Map.of(
                        "network",
                        "transformer",
                        "setps",
                        3,
                        "batch",
                        "many",
                        "corruption",
                        Map.of("snr-db", List.of(1), "noise", 7)),
                TARGET);

        assertThat(read.problems())
                .anyMatch(problem -> problem.startsWith("train.network is 'transformer', needs unet or dense"))
                .anyMatch(problem -> problem.startsWith("train.setps is unknown; known are "))
                .anyMatch(problem -> problem.startsWith("train.batch is 'many', needs a number"))
                .anyMatch(
                        problem -> problem.startsWith("train.corruption.snr-db is [1], needs a least and a greatest"));
        assertThat(read.spec().problems())
                .anyMatch(problem -> problem.equals("train.corruption.noise is 7.0, needs 0.0 to 1.0"));
    }

    @Test
    void disturbances_come_after_the_mixture_or_in_its_place() {
        Map<String, Object> impulses = Map.of("impulses", Map.of("chance", 0.5, "rate", 0.01, "size", List.of(2, 3)));
        TrainBlock.Read after =
                TrainBlock.read(Map.of("corruption", Map.of("noise", 0.7, "then", List.of(impulses))), TARGET);
        TrainBlock.Read instead = TrainBlock.read(Map.of("corruption", List.of("stuck", impulses)), TARGET);

        assertThat(after.problems()).isEmpty();
        assertThat(after.spec().corruption().noise()).isEqualTo(0.7);
        assertThat(after.spec().corruption().gaussian()).isEqualTo(Corruption.DEFAULT.gaussian());
        assertThat(after.spec().corruption().then())
                .containsExactly(new Impulses(0.5, Range.of(0.01), new Range(2, 3), Scale.RMS));
        assertThat(instead.problems()).isEmpty();
        assertThat(instead.spec().problems()).isEmpty();
        assertThat(instead.spec().corruption().noise()).isZero();
        assertThat(instead.spec().corruption().then()).hasSize(2);
    }

    @Test
    void every_kind_can_be_named_and_has_sound_defaults() {
        TrainBlock.Target target = new TrainBlock.Target("ecg", "1", List.of("lead"), 512, 360);
        List<String> kinds = Stream.of(Disturbance.class.getPermittedSubclasses())
                .map(type ->
                        type.getSimpleName().replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                .toList();

        TrainBlock.Read read = TrainBlock.read(Map.of("corruption", kinds), target);

        assertThat(read.problems()).isEmpty();
        assertThat(read.spec().problems()).isEmpty();
        assertThat(read.spec().corruption().then().stream().map(DisturbanceKeys::kind))
                .containsExactlyElementsOf(kinds);
    }

    @Test
    void a_misspelt_kind_or_key_is_told_with_the_nearest_one() {
        Map<String, Object> block = Map.of(
                "corruption",
                List.of("impulse", Map.of("hum", Map.of("amplitud", 1)), Map.of("gaussian", Map.of("in", "volts"))));

        TrainBlock.Read read = TrainBlock.read(block, TARGET, Nearest::of);

        assertThat(read.problems())
                .anyMatch(p -> p.startsWith("train.corruption.impulse is unknown; did you mean 'impulses'? known are"))
                .anyMatch(p -> p.startsWith("train.corruption.hum.amplitud is unknown; did you mean 'amplitude'?"))
                .contains("train.corruption.gaussian.in is 'volts', needs rms or unit");
        assertThat(read.spec().problems())
                .contains("train.corruption, hum: hz needs a sample rate; set input.sample-rate-hz");
    }

    @Test
    void every_network_can_be_named_each_with_its_keys() {
        assertThat(network(Map.of("network", "unet", "patch", 2, "activation", "gelu")))
                .isEqualTo(new UNet(UNet.DEFAULT.widths(), 2, Activation.GELU));
        assertThat(network(Map.of("network", "dense", "widths", List.of(512), "latent", 64)))
                .isEqualTo(new Dense(List.of(512, 64, 512)));
        assertThat(network(Map.of("network", "tcn", "widths", "8,16", "kernel", 3, "activation", "leaky-relu")))
                .isEqualTo(new Tcn(List.of(8, 16), 3, 4, Activation.LEAKY_RELU));
        assertThat(network(Map.of("network", "unet-2d", "widths", List.of(8)), FRAMES))
                .isEqualTo(new UNet2d(new Frame(1, 16, 32), List.of(8), 2, Activation.RELU));
        assertThat(network(Map.of("network", "conv-2d", "frame", List.of(1, 16, 32)), FRAMES))
                .isEqualTo(new Conv2dStack(new Frame(1, 16, 32), List.of(32, 64), Activation.RELU));
    }

    private static Network network(Map<String, Object> block) {
        return network(block, TARGET);
    }

    private static Network network(Map<String, Object> block, TrainBlock.Target target) {
        TrainBlock.Read read = TrainBlock.read(block, target);
        assertThat(read.problems()).isEmpty();
        assertThat(read.spec().problems()).isEmpty();
        return read.spec().network();
    }

    @Test
    void a_network_for_frames_needs_one_and_a_key_of_another_kind_is_told() {
        TrainBlock.Read without = TrainBlock.read(Map.of("network", "unet-2d"), TARGET);
        TrainBlock.Read signals = TrainBlock.read(Map.of("frame", List.of(1, 16, 32)), TARGET);
        TrainBlock.Read other = TrainBlock.read(Map.of("frame", List.of(1, 32, 16)), FRAMES);
        TrainBlock.Read foreign = TrainBlock.read(Map.of("network", "unet", "latent", 3), TARGET);

        assertThat(without.problems()).containsExactly("train.network unet-2d needs kind: frame");
        assertThat(signals.problems())
                .containsExactly(
                        "train.frame is [1, 16, 32]; say kind: frame with input.height and input.width instead");
        assertThat(other.problems())
                .containsExactly("train.frame is [1, 32, 16], the pipeline's frames are [1, 16, 32]; remove it");
        assertThat(foreign.problems()).singleElement().asString().startsWith("train.latent is unknown; known are");
    }

    @Test
    void a_frame_is_taken_as_it_is() {
        TrainBlock.Read read =
                TrainBlock.read(Map.of("augmentation", Map.of("splice", 0.5, "gain", List.of(0.5, 1))), FRAMES);

        assertThat(read.problems()).isEmpty();
        assertThat(read.spec().augmentation().stretchHigh()).isEqualTo(1);
        assertThat(read.spec().problems())
                .contains(
                        "train.frame takes frames as they are; needs train.augmentation with stretch [1, 1] and splice 0");
    }

    @Test
    void a_latent_vector_needs_a_bottleneck_and_a_window_that_is_seen_whole() {
        TrainBlock.Read unet = TrainBlock.read(Map.of("embedding", true), TARGET);
        TrainBlock.Read dense = TrainBlock.read(Map.of("network", "dense", "embedding", true), TARGET);

        assertThat(unet.spec().problems())
                .containsExactly(
                        "train.embedding needs a network with a bottleneck: dense, or unet-2d or conv-2d of frames");
        assertThat(dense.spec().problems()).isEmpty();
        assertThat(dense.spec().ends().embedding()).isTrue();
    }
}
