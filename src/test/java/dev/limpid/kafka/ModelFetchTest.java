package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.limpid.model.Manifest;
import dev.limpid.model.TopicKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFetchTest {
    private static final TopicPartition PARTITION = new TopicPartition("models", 0);

    @TempDir
    Path folder;

    @Test
    void chunks_that_do_not_come_are_the_brokers_fault_and_not_the_models() {
        // Given
        Catalogue catalogue = new Catalogue();
        catalogue.take(new TopicKey.OfChunk("tiny", "1", 0), new byte[3], 7);
        Manifest manifest = new Manifest(
                "tiny", "1", "0".repeat(64), 3, 1, 3, Optional.empty(), 1, new TreeMap<>(), Optional.empty());
        MockConsumer<byte[], byte[]> reader = new MockConsumer<>("earliest");
        reader.assign(List.of(PARTITION));
        reader.updateBeginningOffsets(Map.of(PARTITION, 0L));
        ModelFetch fetch =
                new ModelFetch(PARTITION, new ModelCache(folder), new References(Map.of()), Duration.ofMillis(50));

        // Then
        assertThatThrownBy(() -> fetch.fetch(reader, manifest, catalogue.version("tiny", "1")))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("chunk 0 of tiny:1@000000000000 does not come");
        assertThat(folder).isEmptyDirectory();
    }
}
