package dev.limpid.signal;

/**
 * What a series carries, and with it how a window lies in a model's tensors. The pipeline itself asks nobody for it: see
 * docs/design/0008-kinds.md.
 */
public sealed interface Kind {
    Kind SIGNAL = new Signal();
    Kind TOKENS = new Tokens();

    /** As in definitions, model files and messages: {@code signal}, {@code frame}, {@code tokens}. */
    String label();

    /**
     * The shape of a tensor of {@code windows} windows.
     *
     * @param windows size of the batch axis; -1 if it is open
     * @param channels channels of the series
     * @param length samples of a window and channel
     */
    long[] shape(int windows, int channels, int length);

    /** Whether a model knows by the values themselves where there are none, so that nothing needs to stand in for them. */
    boolean padded();

    /** Samples of one or more channels, one after the other: float32 {@code [batch, channel, time]}. */
    record Signal() implements Kind {
        @Override
        public String label() {
            return "signal";
        }

        @Override
        public boolean padded() {
            return false;
        }

        @Override
        public long[] shape(int windows, int channels, int length) {
            return new long[] {windows, channels, length};
        }
    }

    /**
     * Pictures, row by row: a sample is a pixel, a window the pixels of one or more successive frames. Float32
     * {@code [batch, channel · frames, height, width]}, all frames of a channel together.
     *
     * @param height rows of a frame
     * @param width pixels of a row
     * @param frames frames of a window
     */
    record Frame(int height, int width, int frames) implements Kind {
        public Frame {
            if (height < 1 || width < 1 || frames < 1) {
                throw new IllegalArgumentException(
                        "a frame of " + height + " x " + width + ", " + frames + " of them, needs at least 1 of each");
            }
        }

        @Override
        public String label() {
            return "frame";
        }

        @Override
        public boolean padded() {
            return false;
        }

        @Override
        public long[] shape(int windows, int channels, int length) {
            return new long[] {windows, (long) channels * frames, height, width};
        }

        /** Pixels of a frame. */
        public int pixels() {
            return Math.multiplyExact(height, width);
        }
    }

    /** Ids of a vocabulary, one after the other, one channel: int64 {@code [batch, time]}. */
    record Tokens() implements Kind {
        /** Beyond a segment's end. */
        public static final int PADDING = 0;
        /** A token that is known to be missing. */
        public static final int MASKED = 1;
        /** A token that the vocabulary does not have. */
        public static final int UNKNOWN = 2;
        /** The id of the vocabulary's first token. */
        public static final int FIRST = 3;

        @Override
        public String label() {
            return "tokens";
        }

        @Override
        public boolean padded() {
            return true;
        }

        @Override
        public long[] shape(int windows, int channels, int length) {
            return new long[] {windows, length};
        }
    }
}
