package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CommitPaceTest {
    private static final long NOW = 1_000_000;

    @Test
    void commits_are_due_an_interval_apart_however_late_each_was_asked_for() {
        // Given
        CommitPace pace = new CommitPace(100);
        int commits = 0;

        // When asked every 7 ms, so that each commit is up to 6 ms late
        for (long ms = 0; ms < 10_000; ms += 7) {
            commits += pace.due(NOW + ms) ? 1 : 0;
        }

        // Then none of the lateness adds up
        assertThat(commits).isBetween(99, 101);
    }

    @Test
    void a_pause_is_not_made_up_for() {
        // Given
        CommitPace pace = new CommitPace(100);
        pace.due(NOW);

        // When
        boolean afterThePause = pace.due(NOW + 5_000);
        boolean rightBehind = pace.due(NOW + 5_040);
        boolean next = pace.due(NOW + 5_100);

        // Then
        assertThat(afterThePause).isTrue();
        assertThat(rightBehind).isFalse();
        assertThat(next).isTrue();
    }

    @Test
    void every_thread_has_its_own_pace() throws InterruptedException {
        // Given
        CommitPace pace = new CommitPace(100);
        pace.due(NOW);
        AtomicBoolean elsewhere = new AtomicBoolean();

        // When
        Thread other = new Thread(() -> elsewhere.set(pace.due(NOW)));
        other.start();
        other.join();

        // Then
        assertThat(elsewhere).isTrue();
    }

    @Test
    void kafka_streams_is_left_with_a_commit_now_and_then() {
        // Given
        Properties properties = new Properties();
        properties.put("commit.interval.ms", "200");
        properties.put("producer.transaction.timeout.ms", "30000");

        // When
        CommitPace pace = CommitPace.takeOver(properties);

        // Then
        assertThat(properties).containsEntry("commit.interval.ms", "9999");
        assertThat(pace.check().toMillis()).isEqualTo(10);
        assertThat(pace.due(NOW)).isTrue();
        assertThat(pace.due(NOW + 199)).isFalse();
        assertThat(pace.due(NOW + 200)).isTrue();
    }
}
