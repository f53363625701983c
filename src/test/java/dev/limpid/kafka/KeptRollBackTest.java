package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.ModelStatus;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptRollBackTest {
    @TempDir
    Path folder;

    /** That of {@code tiny:2} under pointer 1. */
    static ModelStatus rolledBack(String reason) {
        return new ModelStatus(
                "p",
                "a",
                FeedRig.NAME,
                "tiny:1@0",
                1,
                "tiny:2@0123456789ab",
                ModelStatus.Verdict.ROLLED_BACK,
                Optional.of(KeptRollBack.TRIAL),
                reason,
                1,
                1);
    }

    @Test
    void a_roll_back_is_not_forgotten_with_pointers_that_put_the_same_version_in_force() {
        // Given
        KeptRollBack rolledBack = new KeptRollBack(new ModelCache(folder), "p-a-tiny");

        // When
        rolledBack.keep(rolledBack("too slow"), 1);
        rolledBack.point(FeedRig.pointer("2", 1), FeedRig.pointer("2", 2));

        // Then until one puts another in force
        assertThat(rolledBack.under(FeedRig.pointer("2", 2))).isPresent();
        rolledBack.point(FeedRig.pointer("2", 2), FeedRig.pointer("1", 3));
        rolledBack.point(FeedRig.pointer("1", 3), FeedRig.pointer("2", 4));
        assertThat(rolledBack.under(FeedRig.pointer("2", 4))).isEmpty();
        rolledBack.point(FeedRig.pointer("2", 4), FeedRig.pointer("2", 5));
        assertThat(rolledBack.under(FeedRig.pointer("2", 5))).isEmpty();
    }
}
