package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockedFolderTest {
    @TempDir
    Path folder;

    @Test
    void nobody_shares_one_and_whoever_begins_after_another_has_ended_gets_its() {
        // Given
        Path wanted = folder.resolve("deep/trainer-models-p");

        // When
        try (LockedFolder one = LockedFolder.of(wanted)) {
            try (LockedFolder two = LockedFolder.of(wanted);
                    LockedFolder three = LockedFolder.of(wanted)) {
                // Then
                assertThat(one.path()).isEqualTo(wanted);
                assertThat(two.path()).isEqualTo(folder.resolve("deep/trainer-models-p-2"));
                assertThat(three.path()).isEqualTo(folder.resolve("deep/trainer-models-p-3"));
            }
            try (LockedFolder again = LockedFolder.of(wanted)) {
                assertThat(again.path()).isEqualTo(folder.resolve("deep/trainer-models-p-2"));
            }
        }
        try (LockedFolder again = LockedFolder.of(wanted)) {
            assertThat(again.path()).isEqualTo(wanted);
        }
    }
}
