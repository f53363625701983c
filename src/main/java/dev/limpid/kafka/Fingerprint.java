package dev.limpid.kafka;

import dev.limpid.definition.Definition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Eight hex digits over all of a definition that gives meaning to its state: what is read, how it is decoded, how windows lie.
 *
 * <p>The digits are part of the series store's name and so of its changelog topic's, {@code <application.id>-series-<digits>-changelog}: state
 * of another definition is never read, and {@link Topics} sees the other topic and refuses to start.
 */
final class Fingerprint {
    private Fingerprint() {}

    static String of(Definition definition) {
        Definition.Input input = definition.input();
        List<Object> parts = new ArrayList<>(List.of(
                input.topic(),
                input.format(),
                input.channels(),
                input.sampleRateHz(),
                input.timestampField(),
                input.samplesField(),
                input.csvColumns(),
                definition.series().by(),
                definition.series().field(),
                definition.window(),
                definition.output().granularity()));
        // what signals do not have is not part of theirs
        input.pixels().ifPresent(parts::add);
        definition.tokens().ifPresent(tokens -> parts.add(tokens.masked()));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(parts.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
