package dev.limpid.codec;

import dev.limpid.definition.Definition;
import dev.limpid.signal.Floats;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How far each pixel is from its reconstruction, in the encoding of the input: of integers and pictures the range's span is the brightest,
 * a missing pixel is 0. One per thread.
 */
public final class HeatMaps {
    private final FrameLayout layout;
    private final Definition.Format format;
    private final ImageEncoder images;
    private final Utf8Buffer text = new Utf8Buffer();

    public HeatMaps(Definition.Input input, Definition.Pixels pixels) {
        FrameLayout values = FrameLayout.of(input, pixels);
        this.layout = new FrameLayout(
                values.channels(), values.height(), values.width(), 0, values.high() - values.low(), Float.NaN);
        this.format = input.format();
        this.images = new ImageEncoder(layout);
    }

    /**
     * The picture of a residual.
     *
     * @param residual {@code [channel][time]} of a window, of which the newest frame is taken
     */
    public byte[] encode(Floats residual) {
        return switch (format) {
            case U8 -> bytes(residual);
            case IMAGE -> images.png((pixel, channel) -> at(residual, channel * layout.pixels() + pixel));
            case JSON -> json(residual);
            default -> floats(residual);
        };
    }

    /** The {@code i}th number of the newest frame. */
    private float at(Floats residual, int i) {
        int length = residual.length() / layout.channels();
        int channel = i / layout.pixels();
        float value = residual.at(channel * length + length - layout.pixels() + i % layout.pixels());
        return Float.isNaN(value) ? 0 : value;
    }

    private byte[] bytes(Floats residual) {
        byte[] bytes = new byte[layout.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) layout.number(at(residual, i), U8FrameDecoder.MOST);
        }
        return bytes;
    }

    private byte[] floats(Floats residual) {
        ByteBuffer bytes = ByteBuffer.allocate(layout.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < layout.size(); i++) {
            bytes.putFloat(at(residual, i));
        }
        return bytes.array();
    }

    private byte[] json(Floats residual) {
        text.clear();
        for (int i = 0; i < layout.size(); i++) {
            text.add(i == 0 ? '[' : ',').add(at(residual, i));
        }
        return text.add(']').toBytes();
    }
}
