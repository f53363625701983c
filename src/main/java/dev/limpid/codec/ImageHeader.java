package dev.limpid.codec;

import java.util.Locale;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What the bytes of a PNG or JPEG say of it before a pixel is decoded. Whoever decodes has looked here first: how large the picture
 * is, and that nothing is cut off.
 *
 * @param bits per sample: 1 to 16
 * @param colours 1 of grey, 3 of colour; 0 of a palette
 * @param alpha whether pixels may be transparent
 * @param problem what is wrong; null if nothing is
 */
record ImageHeader(Kind kind, int width, int height, int bits, int colours, boolean alpha, @Nullable String problem) {
    /** What it is encoded as. */
    enum Kind {
        PNG,
        JPEG;

        String format() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final long PNG = 0x89504E470D0A1A0AL;
    private static final int IHDR = 0x49484452;
    private static final int IEND = 0x49454E44;
    private static final int TRANSPARENCY = 0x74524E53;
    private static final int ANIMATION = 0x6163544C;

    static ImageHeader of(byte[] image) {
        if (image.length >= 8
                && (long) u32(image, 0) << 32 == (PNG & 0xFFFFFFFF00000000L)
                && u32(image, 4) == (int) PNG) {
            return png(image);
        }
        if (image.length >= 2 && u16(image, 0) == 0xFFD8) {
            return new JpegWalk(image).header();
        }
        return refused(Kind.PNG, "type: no PNG and no JPEG: the first bytes are " + first(image));
    }

    static ImageHeader refused(Kind kind, String problem) {
        return new ImageHeader(kind, 0, 0, 0, 0, false, problem);
    }

    private static String first(byte[] image) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(4, image.length); i++) {
            text.append(String.format("%02x", image[i] & 0xFF));
        }
        return text.toString();
    }

    /** Chunks of length, type, data and checksum up to the one of type IEND (Portable Network Graphics, 2nd edition, 5.3). */
    private static ImageHeader png(byte[] image) {
        if (image.length < 33 || u32(image, 12) != IHDR || u32(image, 8) != 13) {
            return refused(Kind.PNG, "syntax: a PNG without its header");
        }
        int colour = image[25];
        if (u32(image, 16) <= 0 || u32(image, 20) <= 0) {
            return refused(
                    Kind.PNG,
                    "shape: a PNG of " + (u32(image, 16) & 0xFFFFFFFFL) + " x " + (u32(image, 20) & 0xFFFFFFFFL)
                            + " pixels");
        }
        boolean alpha = (colour & 4) != 0;
        CRC32 crc = new CRC32();
        for (int at = 8; ; ) {
            if (at + 12 > image.length) {
                return refused(Kind.PNG, "syntax: a PNG that is cut off at byte " + image.length);
            }
            int length = u32(image, at);
            int type = u32(image, at + 4);
            if (length < 0 || length > image.length - at - 12) {
                return refused(Kind.PNG, "syntax: a PNG that is cut off at byte " + image.length);
            }
            crc.reset();
            crc.update(image, at + 4, length + 4);
            if ((int) crc.getValue() != u32(image, at + 8 + length)) {
                return refused(Kind.PNG, "syntax: a PNG whose chunk at byte " + at + " is damaged");
            }
            if (type == ANIMATION) {
                return refused(Kind.PNG, "type: an animated PNG, wanted one frame per record");
            }
            alpha |= type == TRANSPARENCY;
            at += 12 + length;
            if (type == IEND) {
                return new ImageHeader(
                        Kind.PNG,
                        u32(image, 16),
                        u32(image, 20),
                        image[24],
                        (colour & 1) != 0 ? 0 : (colour & 2) != 0 ? 3 : 1,
                        alpha,
                        at == image.length ? null : "syntax: " + (image.length - at) + " bytes behind a PNG's end");
            }
        }
    }

    static int u16(byte[] from, int at) {
        return ((from[at] & 0xFF) << 8) | (from[at + 1] & 0xFF);
    }

    private static int u32(byte[] from, int at) {
        return u16(from, at) << 16 | u16(from, at + 2);
    }
}
