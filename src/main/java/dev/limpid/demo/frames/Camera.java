package dev.limpid.demo.frames;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;

/**
 * What cameras of a demo see and send: frame {@code n} of a seed is the same wherever it is asked for, so that whoever reads knows the
 * truth of each. A tenth of a percent of what is sent is no picture.
 */
record Camera(long seed) {
    private static final int BAD_ONE_IN = 1_000;

    /** The frame without noise. */
    float[] truth(long n) {
        return DigitPen.draw((int) (n % 10), random(n));
    }

    /** The same as it is sent: with white noise, pixels out, or a corner hidden. */
    float[] noisy(long n) {
        RandomGenerator random = random(n);
        float[] frame = DigitPen.draw((int) (n % 10), random);
        switch (random.nextInt(3)) {
            case 0 -> {
                for (int i = 0; i < frame.length; i++) {
                    frame[i] = (float) Math.max(0, Math.min(1, frame[i] + 0.35 * random.nextGaussian()));
                }
            }
            case 1 -> {
                for (int i = 0; i < frame.length; i++) {
                    frame[i] = random.nextDouble() < 0.35 ? 0 : frame[i];
                }
            }
            default -> {
                int top = random.nextInt(DigitPen.SIDE - 8);
                int left = random.nextInt(DigitPen.SIDE - 8);
                for (int row = top; row < top + 8; row++) {
                    Arrays.fill(frame, row * DigitPen.SIDE + left, row * DigitPen.SIDE + left + 8, 0);
                }
            }
        }
        return frame;
    }

    /** Whether what is sent as {@code n} is no picture. */
    boolean bad(long n) {
        return n % BAD_ONE_IN == BAD_ONE_IN - 1;
    }

    /** The value of record {@code n}: a PNG, or the beginning of one. */
    byte[] value(long n) {
        byte[] png = png(noisy(n));
        return bad(n) ? Arrays.copyOf(png, png.length / 2) : png;
    }

    private RandomGenerator random(long n) {
        return new SplittableRandom(seed * 1_000_003 + n);
    }

    private static byte[] png(float[] frame) {
        BufferedImage image = new BufferedImage(DigitPen.SIDE, DigitPen.SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < frame.length; i++) {
            image.getRaster().setSample(i % DigitPen.SIDE, i / DigitPen.SIDE, 0, Math.round(255 * frame[i]));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException("a picture cannot be written to memory", e);
        }
        return out.toByteArray();
    }
}
