package dev.limpid.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.kafka.OffsetRange;
import dev.limpid.kafka.TrainerDesk.Standing;
import dev.limpid.model.Pointer;
import dev.limpid.model.TrainerStatus;
import dev.limpid.model.TrainerStatus.Outcome;
import dev.limpid.signal.SeriesKey;
import dev.limpid.train.Recording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a round decides without a broker: when it is due, how it splits, what it spoils, what its block says. */
class RoundTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static TrainerStatus told(Outcome outcome, long atMs) {
        return new TrainerStatus("p", "a", "ecg", outcome, "ecg:1@0", "", Optional.empty(), "", 0, atMs);
    }

    private static Pointer pointer(long changedMs) {
        return new Pointer("ecg", Optional.of("1"), Optional.empty(), Optional.empty(), 1, changedMs, Optional.empty());
    }

    @Test
    void it_is_due_so_long_after_the_last_that_was_told_or_the_pointer_that_a_killed_trainer_left() {
        // Given
        Optional<TrainerStatus> last = Optional.of(told(Outcome.NOT_BETTER, 5_000_000));

        // Then
        assertThat(TrainerLoop.due(new Standing(Optional.empty(), Optional.empty(), Optional.empty()), HOUR))
                .isZero();
        assertThat(TrainerLoop.due(new Standing(Optional.empty(), last, Optional.empty()), HOUR))
                .isEqualTo(8_600_000);
        assertThat(TrainerLoop.due(new Standing(Optional.of(pointer(6_000_000)), last, Optional.empty()), HOUR))
                .isEqualTo(9_600_000);
        assertThat(TrainerLoop.due(
                        new Standing(
                                Optional.of(pointer(4_000_000)),
                                Optional.of(told(Outcome.FAILED, 5_000_000)),
                                Optional.empty()),
                        HOUR))
                .isEqualTo(7_600_000);
    }

    @Test
    void what_the_model_in_force_was_trained_on_is_never_judged_by() {
        // Given
        List<OffsetRange> ranges = List.of(
                new OffsetRange("raw", 0, 100, 1_100),
                new OffsetRange("raw", 1, 0, 50),
                new OffsetRange("raw", 2, 0, 10));

        // When partition 0 was seen to 500, partition 1 to 45, partition 2 to 20: it has been made anew
        Split split = Split.of(
                ranges, 0.2, Map.of("raw-0", "offsets 0..500", "raw-1", "offsets 0..45", "raw-2", "offsets 0..20"));

        // Then
        assertThat(split.judged())
                .containsExactly(
                        new OffsetRange("raw", 0, 900, 1_100),
                        new OffsetRange("raw", 1, 45, 50),
                        new OffsetRange("raw", 2, 10, 10));
        assertThat(split.training())
                .containsExactly(
                        new OffsetRange("raw", 0, 100, 900),
                        new OffsetRange("raw", 1, 0, 45),
                        new OffsetRange("raw", 2, 0, 10));
    }

    @Test
    void both_models_get_the_same_spoilt_pieces_with_hidden_samples_or_noise_as_strong_as_the_piece() {
        // Given
        float[] values = new float[4_000];
        float[] noise = new float[1_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (100 + 3 * Math.sin(i * 0.1));
            noise[i % 1_000] = i % 2 == 0 ? 1 : -1;
        }
        OffsetRange range = new OffsetRange("raw", 0, 0, 1);
        Piece piece = new Piece(range, SeriesKey.of("a"), 0, List.of(values));
        Spoiler hiding = new Spoiler(List.of(), 1);
        Spoiler adding = new Spoiler(List.of(new Recording("n", "", List.of(noise))), 1);

        // When
        float[] hidden = hiding.spoilt(piece, 3)[0];
        float[] noisy = adding.spoilt(piece, 3)[0];

        // Then
        int missing = 0;
        double power = 0;
        for (int i = 0; i < values.length; i++) {
            missing += Float.isNaN(hidden[i]) ? 1 : 0;
            power += Math.pow(noisy[i] - values[i], 2) / values.length;
        }
        assertThat(missing).isBetween(200, 300);
        assertThat(power).isBetween(4.4, 4.6); // the sine's: 9 / 2
        assertThat(hiding.spoilt(piece, 3)[0]).containsExactly(hidden);
        assertThat(adding.spoilt(piece, 4)[0]).isNotEqualTo(noisy);
    }

    @Test
    void hidden_samples_are_not_believed_where_noise_is_correlated_and_added_noise_is() {
        // Given white noise, and the same with neighbours that share it
        SplittableRandom random = new SplittableRandom(1);
        float[] white = new float[4_000];
        float[] correlated = new float[4_000];
        for (int i = 1; i < white.length; i++) {
            white[i] = (float) random.nextGaussian();
            correlated[i] = 0.9f * correlated[i - 1] + white[i];
        }
        OffsetRange range = new OffsetRange("raw", 0, 0, 1);
        List<Piece> good = List.of(new Piece(range, SeriesKey.of("a"), 0, List.of(white, white)));
        List<Piece> bad = List.of(new Piece(range, SeriesKey.of("a"), 0, List.of(white, correlated)));
        List<String> channels = List.of("v", "w");
        Spoiler hiding = new Spoiler(List.of(), 1);

        // Then
        assertThat(hiding.doubt(good, channels)).isEmpty();
        assertThat(hiding.doubt(bad, channels)).hasValueSatisfying(why -> assertThat(why)
                .startsWith("hidden samples tell nothing where noise is correlated: by its details w holds noise of ")
                .endsWith("give --noise"));
        assertThat(new Spoiler(List.of(new Recording("n", "", List.of(white))), 1).doubt(bad, channels))
                .isEmpty();
    }

    @Test
    void its_block_is_read_with_defaults_and_told_all_problems_of_at_once() {
        // Given
        Map<String, Object> good = Map.of(
                "topic", Map.of("since", "24h", "judged", "10 %", "start", "warm", "warm-steps", 50),
                "publish-when", Map.of("error-lower-by", 0.05),
                "drift", Map.of("lasting", "1h"));
        Map<String, Object> bad = Map.of(
                "topic",
                Map.of("sinse", "24h", "judged", 0, "start", "hot"),
                "publish-when",
                "soon",
                "drift",
                Map.of("lasting", "long"));
        List<String> problems = new ArrayList<>();

        // When
        RoundSpec read = RoundSpec.read(good, problems);
        List<String> none = List.copyOf(problems);
        RoundSpec.read(bad, problems);

        // Then
        assertThat(none).isEmpty();
        assertThat(read)
                .isEqualTo(new RoundSpec(
                        Optional.of(Duration.ofHours(24)),
                        0.1,
                        new RoundSpec.Start(RoundSpec.From.WARM, OptionalInt.of(50)),
                        0.05,
                        0.95,
                        new RoundSpec.DriftSpec(Duration.ofHours(1), 0.2, 2)));
        assertThat(RoundSpec.read(Map.of(), new ArrayList<>())).isEqualTo(RoundSpec.DEFAULT);
        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "train.topic.sinse is unknown; did you mean 'since'? known are since, judged, start, warm-steps",
                        "train.topic.start is 'hot', needs scratch or warm",
                        "train.topic.judged is '0', needs 0.01 to 0.9",
                        "train.publish-when is 'soon', needs a block of keys",
                        "train.drift.lasting is 'long', wanted a duration such as 24h");
    }
}
