package dev.limpid.kafka;

import dev.limpid.signal.SeriesKey;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/** Keys of the series store: {@code u8 kind, series key, u16 big-endian chunk index}. */
final class StoreKeys {
    private static final int MAX_INDEX = 0xFFFF;

    private StoreKeys() {}

    static Bytes of(SeriesKey series, int index) {
        if (index > MAX_INDEX) {
            throw new IllegalStateException("series " + series + " needs more than " + MAX_INDEX + " chunks of state");
        }
        byte[] name = series.bytes();
        byte[] key = new byte[name.length + 3];
        key[0] = (byte) (name.length == 0 ? 0 : 1);
        System.arraycopy(name, 0, key, 1, name.length);
        key[name.length + 1] = (byte) (index >> 8);
        key[name.length + 2] = (byte) index;
        return Bytes.wrap(key);
    }

    static SeriesKey series(Bytes key) {
        return SeriesKey.wrap(Arrays.copyOfRange(key.get(), 1, key.get().length - 2));
    }

    static int index(Bytes key) {
        byte[] bytes = key.get();
        return ((bytes[bytes.length - 2] & 0xFF) << 8) | (bytes[bytes.length - 1] & 0xFF);
    }
}
