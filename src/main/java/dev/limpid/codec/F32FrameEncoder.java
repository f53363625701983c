package dev.limpid.codec;

import dev.limpid.pipeline.CleanedBlock;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** A frame as little-endian float32, {@code [channel][row][column]}. */
final class F32FrameEncoder implements Encoder {
    @Override
    public byte[] record(byte[] original, CleanedBlock block) {
        return Encoders.passesThrough(block) ? original : hop(block);
    }

    @Override
    public byte[] hop(CleanedBlock block) {
        byte[] bytes = new byte[block.length() * block.channels() * Float.BYTES];
        FloatBuffer planes =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        if (block.channels() == 1) {
            block.clean(planes);
            return bytes;
        }
        for (int channel = 0; channel < block.channels(); channel++) {
            for (int pixel = 0; pixel < block.length(); pixel++) {
                planes.put(block.clean(pixel, channel));
            }
        }
        return bytes;
    }
}
