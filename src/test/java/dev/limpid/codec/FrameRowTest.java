package dev.limpid.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.definition.Definition;
import dev.limpid.definition.Definition.Format;
import dev.limpid.signal.Block;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code input.missing} means in a file, whose values are in the model's unit. */
class FrameRowTest {
    @ParameterizedTest(name = "{0}, missing {1}: {2}")
    @CsvSource({
        "U8, 51, 0.2",
        "U8, 0, 0",
        "IMAGE, 51, 0.2",
        "IMAGE, 65535, 1",
        "IMAGE, 13107, 0.2",
        "F32, 65535, 65535",
        "JSON, -1, -1"
    })
    void a_pixel_is_missing_where_a_record_with_that_number_would_have_none(
            Format format, double missing, String value) {
        // Given: values around the one that is missing
        Definition.Pixels pixels = new Definition.Pixels(1, 3, 0, 1, OptionalDouble.of(missing));
        Block block = new Block(1);
        block.begin(0);

        // When
        String problem = new FrameRow(Inputs.of(format, "grey"), pixels)
                .read(("0.19," + value + ",0.21").getBytes(StandardCharsets.UTF_8), block);

        // Then
        assertThat(problem).isNull();
        assertThat(FrameCodecsTest.values(block)).containsExactly(0.19f, Float.NaN, 0.21f);
    }
}
