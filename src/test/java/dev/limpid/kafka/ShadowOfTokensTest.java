package dev.limpid.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.limpid.definition.Definition;
import dev.limpid.model.Compared;
import dev.limpid.model.FakeTokens;
import dev.limpid.model.TrialSpec;
import dev.limpid.score.WindowScore;
import dev.limpid.signal.Floats;
import dev.limpid.signal.SeriesKey;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ShadowOfTokensTest {
    private static final float[] ONES = {1, 1, 1, 1, 1, 1, 1, 1};

    @Test
    void a_shadow_that_is_sure_of_what_cannot_be_has_failed_on_that_window() {
        // Given: it is of windows that begin with a b
        FakeTokens inForce = FakeTokens.random("1", 8, "a", "b");
        FakeTokens faulty = new FakeTokens(
                "2",
                8,
                (ids, vocabulary) -> {
                    FakeTokens.Said said = FakeTokens.random(ids, vocabulary);
                    said.confidence[7] = ids[0] == 4 ? Float.POSITIVE_INFINITY : 1;
                    return said;
                },
                "a",
                "b");
        Definition definition = TokenTopologyTest.definition("input: {topic: raw, format: text}");
        ModelTrials trials = new ModelTrials("p", TrialSpec.DEFAULT, inForce);
        ShadowSpec spec = new ShadowSpec(1, Optional.empty(), Optional.empty(), Duration.ofSeconds(1));
        WindowScore score =
                new WindowScore(0, 1, 1f, Floats.of(1f), 1f, inForce.spec().id(), "");

        try (Shadow shadow = new Shadow(definition.spec(inForce.spec().vocabulary()), spec, trials)) {
            shadow.begin(faulty);

            // When
            for (float first : new float[] {3, 4, 3}) {
                float[] x = {first, 3, 3, 3, 3, 3, 3, 3};
                shadow.ran(SeriesKey.of("s"), inForce.spec(), score, x, ONES, x);
            }

            // Then
            Compared compared = await().until(
                            () -> shadow.found().orElseThrow().compared(),
                            found -> found.windows() + found.shadow().failed() >= 3);
            assertThat(compared.shadow().failed()).isEqualTo(1);
        }
    }
}
