package dev.limpid.codec;

import dev.limpid.signal.Block;
import org.jspecify.annotations.Nullable;

/** A PNG or JPEG per record; a transparent pixel is missing. */
final class ImageDecoder implements Decoder {
    private final FrameLayout layout;
    private final ImagePixels pixels;

    ImageDecoder(FrameLayout layout) {
        this.layout = layout;
        this.pixels = new ImagePixels(layout);
    }

    @Override
    public @Nullable String decode(byte @Nullable [] value, long recordTimestampMs, Block into) {
        into.begin(recordTimestampMs);
        if (value == null || value.length == 0 || value.length > Decoders.MAX_VALUE_BYTES) {
            return Decoders.sizeProblem(value);
        }
        ImageHeader header = ImageHeader.of(value);
        String problem = Decoders.timestampProblem(recordTimestampMs);
        if (problem == null) {
            problem = pixels.problem(header);
        }
        if (problem == null) {
            problem = pixels.read(value, header);
        }
        if (problem != null) {
            return problem;
        }
        for (int pixel = 0; pixel < layout.pixels(); pixel++) {
            boolean seen = pixels.alpha(pixel) > 0;
            for (int channel = 0; channel < layout.channels(); channel++) {
                into.add(seen ? layout.value(pixels.sample(pixel, channel), pixels.most()) : Float.NaN);
            }
        }
        return null;
    }

    @Override
    public @Nullable String seriesField() {
        return null;
    }
}
