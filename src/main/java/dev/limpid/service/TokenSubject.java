package dev.limpid.service;

import dev.limpid.definition.Definition;
import dev.limpid.definition.Nearest;
import dev.limpid.kafka.OffsetRange;
import dev.limpid.train.TokenBlock;
import dev.limpid.train.TokenSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Tokens: a candidate is trained on sessions, and judged by how surprised it is by those that came later. It knows the tokens of the model in
 * force, and goes on beyond.
 *
 * @param overrides what the command line says over the definition
 */
public record TokenSubject(UnaryOperator<TokenSpec> overrides) implements Subject {
    @Override
    public Material read(TrainerPlan plan, String version, Flow flow) {
        Definition definition = plan.definition();
        TokenSpec spec = overrides.apply(
                block(definition, definition.model().name(), version).spec());
        TopicTokens read = new TopicTokens.Reader(flow.topic(), definition, flow.leftOut(), flow.nowMs(), flow.goOn())
                .read(
                        List.of(flow.split().training(), flow.split().judged()),
                        flow.incumbent().model().denoiser().spec().vocabulary(),
                        spec.seed());
        // a session that began before the split and ended behind it is on neither side
        Set<OffsetRange> before = new HashSet<>(flow.split().training());
        Set<OffsetRange> behind = new HashSet<>(flow.split().judged());
        return new TokenMaterial(
                plan,
                spec,
                flow.incumbent(),
                read,
                flow.split().training(),
                read.found().stream()
                        .filter(session -> before.contains(session.ended()))
                        .toList(),
                read.found().stream()
                        .filter(session -> behind.contains(session.began()))
                        .toList());
    }

    /** What a definition's block says of a model. */
    public static TokenBlock.Read block(Definition definition, String name, String version) {
        return TokenBlock.read(
                definition.train(),
                new TokenBlock.Target(
                        name,
                        version,
                        definition.window().length(),
                        definition.window().hop(),
                        definition
                                .tokens()
                                .map(tokens -> new TokenSpec.Above(tokens.fillAbove(), tokens.replaceAbove()))
                                .orElseThrow()),
                Nearest::of);
    }
}
