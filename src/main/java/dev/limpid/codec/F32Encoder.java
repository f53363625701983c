package dev.limpid.codec;

import dev.limpid.pipeline.CleanedBlock;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The values of a block as little-endian float32, {@code [time][channel]}; NaN where a missing value stayed missing. */
final class F32Encoder implements Encoder {
    @Override
    public byte[] record(byte[] original, CleanedBlock block) {
        return Encoders.passesThrough(block) ? original : hop(block);
    }

    @Override
    public byte[] hop(CleanedBlock block) {
        byte[] bytes = new byte[block.length() * block.channels() * Float.BYTES];
        block.clean(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
        return bytes;
    }
}
