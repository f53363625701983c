package dev.limpid.codec;

import dev.limpid.pipeline.CleanedBlock;

/** A frame as bytes from 0 to 255, {@code [channel][row][column]}: rounded, and cut to what a byte holds. */
final class U8FrameEncoder implements Encoder {
    private final FrameLayout layout;

    U8FrameEncoder(FrameLayout layout) {
        this.layout = layout;
    }

    @Override
    public byte[] record(byte[] original, CleanedBlock block) {
        return Encoders.passesThrough(block) ? original : hop(block);
    }

    @Override
    public byte[] hop(CleanedBlock block) {
        byte[] bytes = new byte[block.length() * block.channels()];
        int at = 0;
        for (int channel = 0; channel < block.channels(); channel++) {
            for (int pixel = 0; pixel < block.length(); pixel++) {
                bytes[at++] = (byte) layout.number(block.clean(pixel, channel), U8FrameDecoder.MOST);
            }
        }
        return bytes;
    }
}
