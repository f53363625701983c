package dev.limpid.onnx;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Makes seeded mutants of a file: bits flipped, bytes set, ranges cut out, doubled, swapped or filled, the end cut off. */
final class Mutant {
    private Mutant() {}

    static byte[] of(byte[] good, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = good.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && bytes.length > 64; i++) {
            bytes = change(bytes, random);
        }
        return bytes;
    }

    private static byte[] change(byte[] bytes, SplittableRandom random) {
        int at = random.nextInt(bytes.length);
        int count = Math.min(1 + random.nextInt(32), bytes.length - at);
        switch (random.nextInt(8)) {
            case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> bytes[at] = (byte) random.nextInt();
            case 3 -> {
                return Bad.join(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + count, bytes.length));
            }
            case 4 -> {
                return Bad.join(Arrays.copyOf(bytes, at + count), Arrays.copyOfRange(bytes, at, bytes.length));
            }
            case 5 -> Arrays.fill(bytes, at, at + count, (byte) (random.nextBoolean() ? 0xff : 0));
            case 6 -> {
                int other = random.nextInt(bytes.length - count);
                byte[] kept = Arrays.copyOfRange(bytes, at, at + count);
                System.arraycopy(bytes, other, bytes, at, count);
                System.arraycopy(kept, 0, bytes, other, count);
            }
            default -> {
                return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, at) : bytes;
            }
        }
        return bytes;
    }

    /** Bytes in memory as the walk reads them. */
    static WireReader.Bytes reading(byte[] bytes) {
        return (ByteBuffer into, long position) -> {
            if (position >= bytes.length) {
                return -1;
            }
            int count = (int) Math.min(into.remaining(), bytes.length - position);
            into.put(bytes, (int) position, count);
            return count;
        };
    }
}
