package dev.limpid.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.limpid.Golden;
import dev.limpid.model.TrainerStatus;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainerStatusTest {
    private static String text(TrainerStatus status) {
        return new String(TrainerStatusLayout.encode(status), StandardCharsets.UTF_8) + "\n";
    }

    @Test
    void what_a_round_came_to_is_written_as_documented_and_read_back() {
        // Given
        TrainerStatus status = Announced.trainer();
        TrainerStatus failed = new TrainerStatus(
                "ward", "trainer-1", "ecg", TrainerStatus.Outcome.FAILED, "none", "", Optional.empty(), "why", 1, 2);

        // Then
        Golden.verify("formats/trainer-status.out.json", text(status));
        assertThat(TrainerStatusLayout.decode(TrainerStatusLayout.encode(status)))
                .isEqualTo(status);
        assertThat(TrainerStatusLayout.decode(TrainerStatusLayout.encode(failed)))
                .isEqualTo(failed);
    }

    @Test
    void a_figure_that_is_not_finite_is_absent_and_read_back_as_not_a_number() {
        // Given a model whose answers are not finite
        TrainerStatus status = new TrainerStatus(
                "ward",
                "trainer-1",
                "ecg",
                TrainerStatus.Outcome.NOT_BETTER,
                "none",
                "",
                Optional.of(new TrainerStatus.Judged(
                        0.5, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 0.25, 4, 2)),
                "why",
                1,
                2);

        // When
        TrainerStatus read = TrainerStatusLayout.decode(TrainerStatusLayout.encode(status));

        // Then
        assertThat(text(status)).contains("\"judged\":{\"errorInForce\":0.5,\"atMost\":0.25,\"pieces\":4");
        assertThat(read.judged())
                .contains(new TrainerStatus.Judged(0.5, Double.NaN, Double.NaN, Double.NaN, 0.25, 4, 2));
    }

    @Test
    void its_key_is_none_of_an_instance_or_a_shadow() {
        // Given
        String key = Announced.trainer().key();

        // Then
        assertThat(key).isEqualTo("ward/trainer-1/ecg/trainer");
        assertThat(TrainerStatusLayout.isKey(key)).isTrue();
        assertThat(ShadowStatusLayout.isKey(key)).isFalse();
        assertThat(TrainerStatusLayout.isKey(Announced.shadow().key())).isFalse();
        assertThat(TrainerStatusLayout.isKey("ward/host-1/trainer")).isFalse();
    }

    @Test
    void an_unknown_outcome_is_told() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrainerStatusLayout.decode(
                        text(Announced.trainer()).replace("not-better", "bad").getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("outcome is 'bad', wanted one of [published, shadow, better, not-better,");
    }
}
