package dev.limpid.kafka;

import dev.limpid.model.FakeTokens;
import dev.limpid.model.Vocabulary;
import dev.limpid.onnx.TinyModel;
import dev.limpid.signal.Kind;
import dev.limpid.signal.WindowSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a {@link LoadFeed} sends of each kind, and what models make of it. There are two: one gives back what it gets, the other
 * changes all of it.
 */
enum Load {
    /** A sample of 32 bits, in steps of a sixteenth, so that a half of it is exact. */
    SIGNAL(200, new WindowSpec(32, 8, 32)) {
        @Override
        String definition() {
            return """
                    input: { topic: %s.raw, format: f32, channels: [v], sample-rate-hz: 100 }
                    window: { length: 32, hop: 8, lookahead: 32 }""";
        }

        @Override
        TinyModel model(boolean changing) {
            return changing ? TinyModel.halving(1, 32) : TinyModel.identity(1, 32);
        }

        @Override
        byte[] answer(int series, long tick, boolean changed) {
            return floats(1, series, tick, changed);
        }

        @Override
        boolean between(byte[] value, String quality, int series, long tick) {
            float is = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getFloat();
            float whole = whole(series, tick) / 16f;
            return quality.equals("cleaned") && is >= whole / 2 && is <= whole;
        }
    },

    /** A frame of 2 by 4 pixels; a window is two of them. */
    FRAME(50, new WindowSpec(2, 1, 0)) {
        @Override
        String definition() {
            return """
                    kind: frame
                    input: { topic: %s.raw, format: f32, channels: [v], height: 2, width: 4 }
                    window: { frames: 2 }""";
        }

        @Override
        TinyModel model(boolean changing) {
            return TinyModel.frames(changing ? 0.5f : 1, 1, 2, 4, 2);
        }

        @Override
        byte[] answer(int series, long tick, boolean changed) {
            return floats(8, series, tick, changed);
        }
    },

    /** A word, b or c; that it should have been an a is as likely to one model as what came is to the other. */
    TOKENS(200, new WindowSpec(32, 8, 32)) {
        private final Vocabulary vocabulary = FakeTokens.vocabulary("a", "b", "c");

        @Override
        String definition() {
            return """
                    kind: tokens
                    input: { topic: %s.raw, format: text }
                    window: { length: 32, hop: 8 }""";
        }

        @Override
        TinyModel model(boolean changing) {
            return changing
                    ? TinyModel.tokens(0, Kind.Tokens.FIRST, 0.125f, 32, vocabulary)
                    : TinyModel.tokens(0.125f, 32, vocabulary);
        }

        @Override
        byte[] answer(int series, long tick, boolean changed) {
            String came = whole(series, tick) % 2 == 0 ? "b" : "c";
            return (changed ? "a" : came).getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        String quality(boolean changed) {
            return changed ? "replaced" : "cleaned";
        }

        @Override
        boolean between(byte[] value, String quality, int series, long tick) {
            boolean changed = quality.equals(quality(true));
            return quality.equals(quality(changed)) && Arrays.equals(value, answer(series, tick, changed));
        }
    };

    final int series;
    /** In records. */
    final WindowSpec window;

    Load(int series, WindowSpec window) {
        this.series = series;
        this.window = window;
    }

    /** What a definition says of the kind, {@code %s} for the pipeline's name. */
    abstract String definition();

    abstract TinyModel model(boolean changing);

    /** What is sent. */
    byte[] record(int series, long tick) {
        return answer(series, tick, false);
    }

    /** What leaves for it. */
    abstract byte[] answer(int series, long tick, boolean changed);

    String quality(boolean changed) {
        return "cleaned";
    }

    /** Whether it may leave where windows of both models overlap. */
    boolean between(byte[] value, String quality, int series, long tick) {
        return false;
    }

    /** From 0 to 96. */
    private static long whole(int series, long tick) {
        return (tick * 7919 + series * 31L) % 97;
    }

    private static byte[] floats(int count, int series, long tick, boolean changed) {
        ByteBuffer value = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            value.putFloat((whole(series, tick) + i) / (changed ? 32f : 16f));
        }
        return value.array();
    }
}
