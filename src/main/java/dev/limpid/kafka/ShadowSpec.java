package dev.limpid.kafka;

import dev.limpid.codec.SigningKey;
import dev.limpid.definition.Definition;
import dev.limpid.model.PromoteWhen;
import java.time.Duration;
import java.util.Optional;

/**
 * How a pipeline runs shadows.
 *
 * @param share of its series that a shadow sees, 0 to 1
 * @param promoteWhen when a shadow is promoted by itself; empty: never
 * @param key signs such a promotion; empty: it is not signed
 * @param report how often what was found is published, and the rule looked at
 */
public record ShadowSpec(double share, Optional<PromoteWhen> promoteWhen, Optional<SigningKey> key, Duration report) {
    private static final Duration REPORT = Duration.ofSeconds(10);

    /** That of a definition. */
    public static ShadowSpec of(Definition definition, Optional<SigningKey> key) {
        Definition.TakeOver takeOver = definition.model().takeOver();
        return new ShadowSpec(takeOver.shadowShare(), takeOver.promoteWhen(), key, REPORT);
    }
}
