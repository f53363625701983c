package dev.limpid.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoSummaryTest {
    private static final String MEMBERS =
            "{\"accepted\":100,\"cleaned\":90,\"imputed\":5,\"passedThrough\":3,\"pending\":2,"
                    + "\"deadLetters\":1,\"snrInDb\":3.142,\"snrOutDb\":14.5,\"faultsInjected\":16,"
                    + "\"faultsFound\":15,\"falseAlarms\":1,\"seriesHours\":5.333,\"p50LatencyMs\":61.5,"
                    + "\"p99LatencyMs\":130.25,\"recordsPerSecond\":3200.0,\"model\":\"demo:1@0123456789ab\"";

    @Test
    void the_json_summary_has_the_published_members_in_order() throws JsonProcessingException {
        // Given
        SwapSummary swap = new SwapSummary("demo:0@ba9876543210", 7.56789, 12.5, 345.6789, 64, 20, Optional.empty());
        DemoSummary summary = summary(Optional.of(swap));

        // When
        String json = new ObjectMapper().writeValueAsString(summary.members());

        // Then
        assertThat(json)
                .isEqualTo(MEMBERS + ",\"modelBefore\":\"demo:0@ba9876543210\",\"gainBeforeDb\":7.568,"
                        + "\"gainAfterDb\":12.5,\"swapAfterMs\":345.679}");
        assertThat(summary.conserved()).isTrue();
        assertThat(summary.swapProblem()).isEmpty();
    }

    @Test
    void what_a_swap_did_not_come_to_is_null_and_so_is_all_of_a_swap_that_was_not_to_be()
            throws JsonProcessingException {
        // Given
        SwapSummary refused = new SwapSummary("demo:0@ba98", 7.5, Double.NaN, Double.NaN, 0, 0, Optional.of("refused"));

        // When
        String json = new ObjectMapper()
                .writeValueAsString(summary(Optional.of(refused)).members());
        String without =
                new ObjectMapper().writeValueAsString(summary(Optional.empty()).members());

        // Then
        assertThat(json)
                .isEqualTo(MEMBERS + ",\"modelBefore\":\"demo:0@ba98\",\"gainBeforeDb\":7.5,\"gainAfterDb\":null,"
                        + "\"swapAfterMs\":null}");
        assertThat(without)
                .isEqualTo(MEMBERS + ",\"modelBefore\":null,\"gainBeforeDb\":null,\"gainAfterDb\":null,"
                        + "\"swapAfterMs\":null}");
        assertThat(summary(Optional.of(refused)).swapProblem()).contains("refused");
    }

    private static DemoSummary summary(Optional<SwapSummary> swap) {
        return new DemoSummary(
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
                swap,
                10,
                7,
                List.of(),
                List.of());
    }
}
