package dev.limpid.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainBlockTest {
    private static final TrainBlock.Target TARGET = new TrainBlock.Target("ecg", "1", List.of("lead"), 512);

    @Test
    void an_empty_block_gives_the_defaults() {
        TrainBlock.Read read = TrainBlock.read(Map.of(), TARGET);

        assertThat(read.problems()).isEmpty();
        assertThat(read.spec().network()).isEqualTo(Network.UNet.DEFAULT);
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
        assertThat(read.spec().network()).isEqualTo(new Network.Dense(List.of(64, 16, 64)));
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
}
