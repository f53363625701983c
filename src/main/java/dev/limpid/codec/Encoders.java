package dev.limpid.codec;

import dev.limpid.definition.Definition;
import dev.limpid.pipeline.CleanedBlock;

/** Makes the encoder of a definition. */
public final class Encoders {
    private Encoders() {}

    /** A new encoder, for one thread: {@code output.format} says which; field names and columns are the input's. */
    public static Encoder of(Definition.Input input, Definition.Output output) {
        return switch (output.format()) {
            case JSON -> new JsonEncoder(input);
            case F32 -> new F32Encoder();
            case CSV -> new CsvEncoder(input);
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
