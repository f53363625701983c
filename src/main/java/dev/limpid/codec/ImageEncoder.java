package dev.limpid.codec;

import dev.limpid.pipeline.CleanedBlock;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A frame as the picture it came as: a PNG of as many bits (8 where there were fewer, or a palette) and with the same alpha, or a JPEG
 * of quality {@value #QUALITY}. Nothing else of the picture is kept.
 */
final class ImageEncoder implements Encoder {
    private static final float QUALITY = 0.95f;

    private final FrameLayout layout;
    private final ImagePixels original;

    ImageEncoder(FrameLayout layout) {
        this.layout = layout;
        this.original = new ImagePixels(layout);
    }

    @Override
    public byte[] record(byte[] value, CleanedBlock block) {
        if (Encoders.passesThrough(block)) {
            return value;
        }
        ImageHeader header = ImageHeader.of(value);
        if (header.alpha()) {
            String problem = original.read(value, header);
            if (problem != null) {
                throw new IllegalArgumentException("not a value that was decoded: " + problem);
            }
        }
        return written(header.kind(), picture(block::clean, header.alpha(), header.bits() == 16));
    }

    /** {@inheritDoc} As an opaque PNG of 8 bits. */
    @Override
    public byte[] hop(CleanedBlock block) {
        return png(block::clean);
    }

    /** A frame's values. */
    @FunctionalInterface
    interface Values {
        float at(int pixel, int channel);
    }

    /** An opaque PNG of 8 bits. */
    byte[] png(Values values) {
        return written(ImageHeader.Kind.PNG, picture(values, false, false));
    }

    private BufferedImage picture(Values values, boolean alpha, boolean wide) {
        int channels = layout.channels();
        int bands = channels + (alpha ? 1 : 0);
        int most = wide ? 0xFFFF : 0xFF;
        ColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(channels == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB),
                alpha,
                false,
                alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                wide ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE);
        WritableRaster raster = model.createCompatibleWritableRaster(layout.width(), layout.height());
        int[] samples = new int[bands * layout.pixels()];
        int at = 0;
        for (int pixel = 0; pixel < layout.pixels(); pixel++) {
            for (int channel = 0; channel < channels; channel++) {
                samples[at++] = layout.number(values.at(pixel, channel), most);
            }
            if (alpha) {
                samples[at++] = original.alpha(pixel);
            }
        }
        raster.setPixels(0, 0, layout.width(), layout.height(), samples);
        return new BufferedImage(model, raster, false, null);
    }

    private static byte[] written(ImageHeader.Kind kind, BufferedImage picture) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName(kind.format()).next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            if (kind == ImageHeader.Kind.JPEG) {
                how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                how.setCompressionQuality(QUALITY);
            }
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), how);
        } catch (IOException e) {
            throw new UncheckedIOException("a picture cannot be written to memory", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
