package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPaceTest {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private static List<Integer> dueSeconds(RetryPace pace, int fromSecond, int toSecond) {
        List<Integer> due = new ArrayList<>();
        for (int second = fromSecond; second < toSecond; second++) {
            if (pace.due(second * SECOND_NANOS)) {
                due.add(second);
            }
        }
        return due;
    }

    @Test
    void what_does_not_mend_is_tried_ever_less_often_until_something_new_is_announced() {
        // Given
        RetryPace pace = new RetryPace(0);

        // When
        List<Integer> first = dueSeconds(pace, 0, 2_000);
        pace.begin(2_000 * SECOND_NANOS);
        List<Integer> again = dueSeconds(pace, 2_000, 2_100);

        // Then
        assertThat(first).containsExactly(30, 90, 210, 450, 930, 1_410, 1_890);
        assertThat(again).containsExactly(2_030, 2_090);
    }

    @ParameterizedTest
    @CsvSource({"reference, true", "child, true", "disk, true", "latency, true", "chunks, false", "manifest, false"})
    void what_no_announcement_would_tell_of_is_waited_for(String check, boolean waited) {
        assertThat(new Refused(check, "for now", true).untold()).isEqualTo(waited);
        assertThat(new Refused(check, "for good", false).untold()).isFalse();
    }
}
