package dev.limpid.definition;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeValuesTest {
    @TempDir
    Path folder;

    @Test
    void a_definition_whose_hop_blocks_no_topic_takes_is_refused() throws IOException {
        // Given
        Path large = definition(64, 1_024);
        Path small = definition(4, 128);

        // Then
        assertThatCode(() -> DefinitionLoader.load(small, Map.of())).doesNotThrowAnyException();
        assertThatThrownBy(() -> DefinitionLoader.load(large, Map.of()))
                .isInstanceOf(DefinitionException.class)
                .hasMessageContaining("window.length: got 1024: with 64 channels a record may take 6144 KiB");
    }

    private Path definition(int channels, int length) throws IOException {
        String names = IntStream.range(0, channels).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        return Files.writeString(
                folder.resolve("d" + channels + ".yaml"),
                """
                pipeline: wide
                input: { topic: raw, format: json, channels: [%s], sample-rate-hz: 100 }
                window: { length: %d }
                model: { name: wide, bundled: models/wide.onnx }
                output: { granularity: hop }
                """
                        .formatted(names, length));
    }
}
