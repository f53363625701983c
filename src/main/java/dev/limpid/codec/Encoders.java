package dev.limpid.codec;

import dev.limpid.definition.Definition;
import dev.limpid.model.Vocabulary;
import dev.limpid.pipeline.CleanedBlock;

/** Makes the encoder of a definition. */
public final class Encoders {
    private Encoders() {}

    /**
     * A new encoder, for one thread.
     *
     * @param vocabulary as the decoder's
     */
    public static Encoder of(Definition definition, Vocabulary vocabulary) {
        return definition
                .tokens()
                .map(tokens -> TokenCodecs.encoder(definition, tokens, vocabulary))
                .orElseGet(() -> of(definition.input(), definition.output()));
    }

    /** The same of numbers: {@code output.format} says which; field names and columns are the input's. */
    public static Encoder of(Definition.Input input, Definition.Output output) {
        if (input.pixels().isPresent()) {
            return ofFrames(input, FrameLayout.of(input, input.pixels().get()));
        }
        return switch (output.format()) {
            case JSON -> new JsonEncoder(input);
            case F32 -> new F32Encoder();
            case CSV -> new CsvEncoder(input);
            default -> throw new IllegalArgumentException(output.format() + " is for another kind");
        };
    }

    private static Encoder ofFrames(Definition.Input input, FrameLayout layout) {
        return switch (input.format()) {
            case JSON -> new JsonFrameEncoder(input, layout);
            case F32 -> new F32FrameEncoder();
            case U8 -> new U8FrameEncoder(layout);
            case IMAGE -> new ImageEncoder(layout);
            default -> throw new IllegalArgumentException(input.format() + " is not for frames");
        };
    }

    /** Whether every sample of {@code block} passes through. */
    static boolean passesThrough(CleanedBlock block) {
        for (int time = 0; time < block.length(); time++) {
            if (!block.quality(time).passedThrough()) {
                return false;
            }
        }
        return true;
    }
}
