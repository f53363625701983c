package dev.limpid.codec;

import org.jspecify.annotations.Nullable;

/**
 * Walks a JPEG from segment to segment to its end (ITU-T T.81, B.1). It takes no marker that decoders might skip otherwise than it does,
 * so that a frame of another size cannot hide from it, and counts the scans: each costs a decoder a pass over the whole picture, however short it
 * is. Used once.
 */
final class JpegWalk {
    /** A progressive picture has about ten, and three times as many at most if an optimiser was at work. */
    static final int MOST_SCANS = 64;

    private static final int FILL = 0xFF;
    private static final int END = 0xD9;
    private static final int SCAN = 0xDA;

    private final byte[] image;
    private @Nullable ImageHeader frame;
    private int scans;

    JpegWalk(byte[] image) {
        this.image = image;
    }

    ImageHeader header() {
        int at = 2;
        while (at + 3 < image.length) {
            int marker = image[at + 1] & 0xFF;
            if (image[at] != (byte) FILL) {
                return damaged(at);
            }
            if (marker == FILL) {
                at++;
                continue;
            }
            if (marker == END) {
                break;
            }
            int length = ImageHeader.u16(image, at + 2);
            if (marker < 0xC0 || (marker >= 0xD0 && marker <= 0xD8) || length < 2) {
                return damaged(at);
            }
            if (at + 2 + length > image.length) {
                break;
            }
            String problem = segment(marker, at, length);
            if (problem != null) {
                return ImageHeader.refused(ImageHeader.Kind.JPEG, problem);
            }
            at += 2 + length;
            if (marker == SCAN) {
                at = behindScan(at);
            }
        }
        return frame != null
                ? frame
                : ImageHeader.refused(
                        ImageHeader.Kind.JPEG, "syntax: a JPEG without a frame, cut off at byte " + image.length);
    }

    private static ImageHeader damaged(int at) {
        return ImageHeader.refused(ImageHeader.Kind.JPEG, "syntax: a JPEG whose segment at byte " + at + " is damaged");
    }

    /** What is wrong with a segment, or null. */
    private @Nullable String segment(int marker, int at, int length) {
        if (marker == SCAN && ++scans > MOST_SCANS) {
            return "size: a JPEG of more than " + MOST_SCANS + " scans";
        }
        if (marker > 0xCF || marker == 0xC4 || marker == 0xC8 || marker == 0xCC) {
            return null;
        }
        if (frame != null) {
            return "type: a JPEG of several frames, wanted one";
        }
        if (length < 8) {
            return "syntax: a JPEG whose segment at byte " + at + " is damaged";
        }
        frame = frame(at);
        return null;
    }

    private ImageHeader frame(int at) {
        int height = ImageHeader.u16(image, at + 5);
        int width = ImageHeader.u16(image, at + 7);
        int bits = image[at + 4];
        int components = image[at + 9] & 0xFF;
        String problem = null;
        if (bits != 8) {
            problem = "type: a JPEG of " + bits + " bits, wanted 8";
        } else if (components != 1 && components != 3) {
            problem = "type: a JPEG of " + components + " components (CMYK has 4), wanted grey or RGB";
        } else if (height == 0 || width == 0) {
            problem = "shape: a JPEG of " + width + " x " + height + " pixels";
        } else if (ImageHeader.u16(image, image.length - 2) != 0xFFD9) {
            problem = "syntax: a JPEG without its end, cut off at byte " + image.length;
        }
        return new ImageHeader(ImageHeader.Kind.JPEG, width, height, bits, components, false, problem);
    }

    /** Where the next marker is: in a scan 255 is followed by 0, by another 255 or by the number of a restart. */
    private int behindScan(int from) {
        int at = from;
        while (at + 1 < image.length) {
            int next = image[at + 1] & 0xFF;
            if (image[at] == (byte) FILL && next != 0 && next != FILL && (next < 0xD0 || next > 0xD7)) {
                return at;
            }
            at++;
        }
        return at;
    }
}
