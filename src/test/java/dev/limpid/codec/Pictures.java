package dev.limpid.codec;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures for tests, encoded by the JDK. */
public final class Pictures {
    private Pictures() {}

    /** @param samples {@code [pixel][band]}; 1 band of grey, 2 with alpha, 3 of colour, 4 with alpha */
    public static BufferedImage image(int height, int width, int bands, boolean wide, int... samples) {
        boolean alpha = bands % 2 == 0;
        ColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(bands < 3 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB),
                alpha,
                false,
                alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                wide ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE);
        WritableRaster raster = model.createCompatibleWritableRaster(width, height);
        raster.setPixels(0, 0, width, height, samples);
        return new BufferedImage(model, raster, false, null);
    }

    /** A grey ramp. */
    public static BufferedImage grey(int height, int width) {
        int[] samples = new int[height * width];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = i * 255 / samples.length;
        }
        return image(height, width, 1, false, samples);
    }

    /** A picture of four colours in two bits. */
    static BufferedImage palette(int height, int width, int... rgb) {
        byte[] red = new byte[4];
        byte[] green = new byte[4];
        byte[] blue = new byte[4];
        for (int i = 0; i < 4; i++) {
            red[i] = (byte) (rgb[i] >> 16);
            green[i] = (byte) (rgb[i] >> 8);
            blue[i] = (byte) rgb[i];
        }
        IndexColorModel model = new IndexColorModel(2, 4, red, green, blue);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY, model);
        for (int i = 0; i < height * width; i++) {
            image.getRaster().setSample(i % width, i / width, 0, i % 4);
        }
        return image;
    }

    public static byte[] png(BufferedImage image) {
        return encoded(image, "png");
    }

    public static byte[] encoded(BufferedImage image, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalArgumentException("no writer for " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    public static BufferedImage read(byte[] image) {
        try {
            return ImageIO.read(new ByteArrayInputStream(image));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same PNG with other sizes in its header, and the right checksum over the lie. */
    public static byte[] claiming(byte[] png, int height, int width) {
        byte[] lie = png.clone();
        ByteBuffer.wrap(lie).putInt(16, width).putInt(20, height);
        return checked(lie, 8);
    }

    /** The same PNG with an empty chunk of that type behind its header. */
    static byte[] with(byte[] png, String type, int length) {
        return with(png, type, new byte[length]);
    }

    /** The same PNG with a chunk of that type behind its header. */
    static byte[] with(byte[] png, String type, byte[] content) {
        int length = content.length;
        ByteBuffer out = ByteBuffer.allocate(png.length + 12 + length);
        out.put(png, 0, 33).putInt(length);
        for (char letter : type.toCharArray()) {
            out.put((byte) letter);
        }
        out.put(content).position(33 + 12 + length);
        out.put(png, 33, png.length - 33);
        return checked(out.array(), 33);
    }

    /** A progressive JPEG whose last scan stands there so many times more. */
    public static byte[] progressive(BufferedImage image, int more) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream target = new MemoryCacheImageOutputStream(out)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.setOutput(target);
            writer.write(null, new IIOImage(image, null, null), how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] jpeg = out.toByteArray();
        int scan = jpeg.length - 2;
        while (jpeg[scan] != (byte) 0xFF || jpeg[scan + 1] != (byte) 0xDA) {
            scan--;
        }
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        many.write(jpeg, 0, scan);
        for (int i = 0; i <= more; i++) {
            many.write(jpeg, scan, jpeg.length - 2 - scan);
        }
        many.write(jpeg, jpeg.length - 2, 2);
        return many.toByteArray();
    }

    private static byte[] checked(byte[] png, int chunk) {
        int length = ByteBuffer.wrap(png).getInt(chunk);
        CRC32 crc = new CRC32();
        crc.update(png, chunk + 4, length + 4);
        ByteBuffer.wrap(png).putInt(chunk + 8 + length, (int) crc.getValue());
        return png;
    }
}
