package dev.limpid.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.limpid.model.ModelId;
import dev.limpid.score.Alert;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertReadingTest {
    private static final ModelId MODEL = new ModelId("ecg", "7", "0123456789abcdef");

    @Test
    void an_alert_is_read_as_it_was_written_and_what_is_none_is_not() {
        // Given
        AlertLayout layout = new AlertLayout(List.of("a"));

        // When
        byte[] raised = layout.encode(new Alert(Alert.State.RAISED, 5, 9, Float.NaN, 2, 2, -1, MODEL));
        byte[] cleared = layout.encode(new Alert(Alert.State.CLEARED, 5, 30, 1, 0, 2, 0, MODEL));

        // Then
        assertThat(AlertReading.of(raised)).contains(new AlertReading(true, 5, 9));
        assertThat(AlertReading.of(cleared)).contains(new AlertReading(false, 5, 30));
        assertThat(AlertReading.of(null)).isEmpty();
        for (String other :
                List.of("{", "7", "{\"state\":\"RAISED\",\"start\":1}", "{\"state\":\"?\",\"start\":1,\"at\":2}")) {
            assertThat(AlertReading.of(other.getBytes(StandardCharsets.UTF_8))).isEmpty();
        }
    }
}
