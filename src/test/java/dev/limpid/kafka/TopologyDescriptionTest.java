package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.model.ModelSlot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Beside each shipped definition stands its topology as Kafka Streams describes it; rewritten with {@code -Dgolden.rewrite=true}. */
class TopologyDescriptionTest {
    @Test
    void every_shipped_definition_has_the_topology_that_stands_beside_it_and_no_unnamed_node() throws IOException {
        List<Path> definitions;
        try (Stream<Path> files = Files.list(Path.of("topology"))) {
            definitions = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
        assertThat(definitions).isNotEmpty();
        for (Path file : definitions) {
            Definition definition =
                    DefinitionLoader.load(file, Map.of("LIMPID_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092"));
            String description;
            try (ModelSlot slot = new ModelSlot(new HalvingDenoiser(
                    definition.window().length(), definition.input().channels().size()))) {
                description = PipelineRunner.describe(definition, slot);
            }
            assertThat(description).doesNotContain("KSTREAM-", "KTABLE-", "repartition");
            Path golden = Path.of(file.toString().replace(".yaml", ".txt"));
            if (Boolean.getBoolean("golden.rewrite")) {
                Files.writeString(golden, description);
            }
            assertThat(description).as(golden.toString()).isEqualTo(Files.readString(golden));
        }
    }
}
