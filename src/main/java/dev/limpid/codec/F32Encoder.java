package dev.limpid.codec;

import dev.limpid.pipeline.CleanedBlock;

/** The values of a block as little-endian float32, {@code [time][channel]}; NaN where a missing value stayed missing. */
final class F32Encoder implements Encoder {
    @Override
    public byte[] record(byte[] original, CleanedBlock block) {
        return Encoders.passesThrough(block) ? original : hop(block);
    }

    @Override
    public byte[] hop(CleanedBlock block) {
        int channels = block.channels();
        byte[] bytes = new byte[block.length() * channels * Float.BYTES];
        int at = 0;
        for (int time = 0; time < block.length(); time++) {
            for (int channel = 0; channel < channels; channel++) {
                F32Decoder.FLOATS.set(bytes, at, block.clean(time, channel));
                at += Float.BYTES;
            }
        }
        return bytes;
    }
}
