package dev.limpid.codec;

import dev.limpid.signal.Floats;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A window's latent vector: little-endian float32. */
public final class EmbeddingLayout {
    private EmbeddingLayout() {}

    public static byte[] encode(Floats vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < vector.length(); i++) {
            bytes.putFloat(vector.at(i));
        }
        return bytes.array();
    }
}
