package dev.limpid.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.demo.EmbeddedBroker;
import dev.limpid.kafka.InputTopic;
import dev.limpid.model.Vocabulary;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a topic of tokens. */
@Timeout(90)
class TopicTokensTest {
    private static final long FIVE_HOURS_MS = 5 * 3_600_000L;

    @TempDir
    Path folder;

    @Test
    void no_token_is_learned_of_a_record_that_the_pipeline_refuses() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            // Given a record too far ahead of the time at which it is read
            ShopRig rig = new ShopRig(broker.bootstrapServers(), "refused", folder);
            rig.send(1, "home", "leave");
            rig.send(1_001, "tomorrow", "leave");
            rig.send(2, "search", "leave");

            // When
            TopicTokens read = TopicTokens.read(
                    rig.definition, Vocabulary.EMPTY, 1, 0, System.currentTimeMillis() - FIVE_HOURS_MS, List.of());

            // Then
            assertThat(read.reading()).isEqualTo(new InputTopic.Reading(3, 1));
            assertThat(read.vocabulary().entries())
                    .extracting(Vocabulary.Entry::token)
                    .containsExactlyInAnyOrder("home", "leave", "search");
            assertThat(read.shortage()).isEmpty();
        }
    }
}
