package dev.limpid.codec;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes PNG and JPEG by the JDK. What an {@link ImageHeader} allows is decoded and nothing else, so no record takes more memory than
 * the frames of its pipeline. Samples are taken as they stand, without a colour profile. Confined to one thread.
 */
final class ImagePixels {
    /** The greatest number of a sample of 16 bits. */
    static final int MOST_WIDE = 0xFFFF;

    private final FrameLayout layout;
    private final Map<ImageHeader.Kind, ImageReader> readers = new EnumMap<>(ImageHeader.Kind.class);
    /** {@code [pixel][band]}, the colours and then the alpha, if there is one. */
    private int[] samples = {};

    private int bands;
    private int most;
    private @Nullable String damage;

    ImagePixels(FrameLayout layout) {
        this.layout = layout;
    }

    /** What is wrong with a picture for this pipeline, by its header; null if it can be decoded. */
    @Nullable
    String problem(ImageHeader header) {
        if (header.problem() != null) {
            return header.problem();
        }
        if (header.width() != layout.width() || header.height() != layout.height()) {
            return shapeProblem(header.height(), header.width());
        }
        return header.colours() == 0 ? null : coloursProblem(header.colours());
    }

    private String shapeProblem(int height, int width) {
        return "shape: an image of " + height + " x " + width + " pixels, wanted " + layout.height() + " x "
                + layout.width() + " (height x width)";
    }

    private @Nullable String coloursProblem(int colours) {
        return colours == layout.channels()
                ? null
                : "shape: an image of " + colours + (colours == 1 ? " channel (grey)" : " channels (RGB)") + ", wanted "
                        + layout.channels();
    }

    /** Decodes a picture that has no {@link #problem}; gives what is wrong with it nevertheless, or null. */
    @Nullable
    String read(byte[] image, ImageHeader header) {
        damage = null;
        ImageReader reader = readers.computeIfAbsent(header.kind(), this::reader);
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(image))) {
            reader.setInput(in, true, true);
            // the decoder's own word, before it takes memory: a header that it reads otherwise must not deceive
            if (reader.getWidth(0) != layout.width() || reader.getHeight(0) != layout.height()) {
                return shapeProblem(reader.getHeight(0), reader.getWidth(0));
            }
            BufferedImage decoded = reader.read(0);
            return damage != null ? damage : take(decoded);
        } catch (IOException | RuntimeException e) {
            // the JDK's readers throw what they like over bytes that make no sense
            return "syntax: the " + header.kind() + " cannot be decoded: "
                    + Numbers.clip(String.valueOf(e.getMessage()));
        } finally {
            reader.setInput(null);
        }
    }

    private ImageReader reader(ImageHeader.Kind kind) {
        ImageReader reader = ImageIO.getImageReadersByFormatName(kind.format()).next();
        reader.addIIOReadWarningListener((source, warning) -> {
            if (warning.startsWith("Corrupt") || warning.startsWith("Premature")) {
                damage = "syntax: the " + kind + " is damaged: " + Numbers.clip(warning);
            }
        });
        return reader;
    }

    private @Nullable String take(BufferedImage image) {
        Raster raster = image.getRaster();
        if (image.getColorModel() instanceof IndexColorModel palette) {
            return palette(raster, palette);
        }
        bands = raster.getNumBands();
        most = raster.getTransferType() == java.awt.image.DataBuffer.TYPE_USHORT ? MOST_WIDE : 0xFF;
        samples = raster.getPixels(0, 0, layout.width(), layout.height(), sized(bands));
        return null;
    }

    private @Nullable String palette(Raster raster, IndexColorModel palette) {
        boolean grey = true;
        for (int entry = 0; entry < palette.getMapSize(); entry++) {
            grey &= palette.getRed(entry) == palette.getGreen(entry) && palette.getRed(entry) == palette.getBlue(entry);
        }
        if (layout.channels() == 1 ? !grey : layout.channels() != 3) {
            return coloursProblem(3);
        }
        bands = layout.channels() + 1;
        most = 0xFF;
        sized(bands);
        int at = 0;
        for (int row = 0; row < layout.height(); row++) {
            for (int column = 0; column < layout.width(); column++) {
                int rgb = palette.getRGB(raster.getSample(column, row, 0));
                for (int channel = 0; channel < layout.channels(); channel++) {
                    samples[at++] = (rgb >> (16 - 8 * channel)) & 0xFF;
                }
                samples[at++] = rgb >>> 24;
            }
        }
        return null;
    }

    private int[] sized(int ofBands) {
        if (samples.length != ofBands * layout.pixels()) {
            samples = new int[ofBands * layout.pixels()];
        }
        return samples;
    }

    /** The greatest number that a sample can be: 255 or 65,535. */
    int most() {
        return most;
    }

    int sample(int pixel, int channel) {
        return samples[pixel * bands + channel];
    }

    /** 0 is transparent; {@link #most} where there is no alpha. */
    int alpha(int pixel) {
        return bands > layout.channels() ? samples[pixel * bands + layout.channels()] : most;
    }
}
