package dev.limpid.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoSummaryTest {
    @Test
    void the_json_summary_has_the_published_members_in_order() throws JsonProcessingException {
        // Given
        DemoSummary summary = new DemoSummary(
                100,
                90,
                5,
                3,
                2,
                1,
                3.14159,
                14.5,
                16,
                15,
                1,
                5.3333,
                61.5,
                130.25,
                3200,
                "demo:1@0123456789ab",
                10,
                7,
                List.of(),
                List.of());

        // When
        String json = new ObjectMapper().writeValueAsString(summary.members());

        // Then
        assertThat(json)
                .isEqualTo("{\"accepted\":100,\"cleaned\":90,\"imputed\":5,\"passedThrough\":3,\"pending\":2,"
                        + "\"deadLetters\":1,\"snrInDb\":3.142,\"snrOutDb\":14.5,\"faultsInjected\":16,"
                        + "\"faultsFound\":15,\"falseAlarms\":1,\"seriesHours\":5.333,\"p50LatencyMs\":61.5,"
                        + "\"p99LatencyMs\":130.25,\"recordsPerSecond\":3200.0,\"model\":\"demo:1@0123456789ab\"}");
        assertThat(summary.conserved()).isTrue();
    }
}
