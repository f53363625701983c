package dev.limpid.demo.bench;

import dev.limpid.demo.frames.DigitPen;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Noisy digits of {@code topology/frames.yaml}, as float32. */
public record FrameLoad() implements KindBench.Load {
    private static final int SERIES = 16;

    @Override
    public String topology() {
        return "topology/frames.yaml";
    }

    @Override
    public Map<String, String> variables() {
        return Map.of("LIMPID_INPUT_FORMAT", "f32");
    }

    @Override
    public float[] item(RandomGenerator random) {
        float[] frame = DigitPen.draw(random.nextInt(10), random);
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (float) Math.max(0, Math.min(1, frame[i] + 0.25 * random.nextGaussian()));
        }
        return frame;
    }

    @Override
    public byte[] value(float[] item) {
        ByteBuffer value = ByteBuffer.allocate(item.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        value.asFloatBuffer().put(item);
        return value.array();
    }

    @Override
    public byte[] key(long n) {
        return new byte[] {(byte) (n % SERIES)};
    }

    @Override
    public String unit() {
        return "frames";
    }

    @Override
    public int units(float[] item) {
        return 1;
    }
}
