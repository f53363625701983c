package dev.limpid.codec;

import dev.limpid.definition.Definition;
import dev.limpid.signal.Block;
import org.jspecify.annotations.Nullable;

/**
 * A frame as a row of CSV, {@code [channel][row][column]} in the model's unit, for the commands that read and write files. An empty
 * cell, {@code NaN} or {@code null} is a missing pixel, and so is what {@code input.missing} means. Confined to one thread.
 */
public final class FrameRow {
    private final FrameLayout layout;
    private final float missing;
    private final float[] planes;
    private final CsvCells cells = new CsvCells();
    private final Utf8Buffer out = new Utf8Buffer();

    public FrameRow(Definition.Input input, Definition.Pixels pixels) {
        this.layout = FrameLayout.of(input, pixels);
        this.planes = new float[layout.size()];
        boolean integers = input.format() == Definition.Format.U8 || input.format() == Definition.Format.IMAGE;
        this.missing = integers
                ? layout.low() + (layout.high() - layout.low()) * layout.missing() / most(layout)
                : layout.missing();
    }

    /** The greatest number of the pictures that the missing one is from: only those of 16 bits have numbers above 255. */
    private static int most(FrameLayout layout) {
        return layout.missing() > U8FrameDecoder.MOST ? ImagePixels.MOST_WIDE : U8FrameDecoder.MOST;
    }

    /** Appends the row's pixels to {@code into}; gives what is wrong, or null. */
    public @Nullable String read(byte[] row, Block into) {
        String problem = cells.split(row);
        if (problem != null) {
            return problem;
        }
        if (cells.count() != planes.length) {
            return layout.shape(cells.count(), "values");
        }
        for (int i = 0; i < planes.length; i++) {
            String text = cells.text(row, i);
            planes[i] = CsvCells.isMissing(text) ? Float.NaN : Numbers.parse(text);
            if (!Float.isFinite(planes[i]) && !CsvCells.isMissing(text)) {
                return "value " + (i + 1) + " is '" + Numbers.clip(text)
                        + "', wanted a number of float32; a file of frames has no header";
            }
            if (planes[i] == missing) {
                planes[i] = Float.NaN;
            }
        }
        layout.into(into, planes);
        return null;
    }

    /** The frame in {@code pixels}, {@code [pixel][channel]}, as a row, with its line's end. */
    public byte[] write(float[] pixels) {
        out.clear();
        for (int channel = 0; channel < layout.channels(); channel++) {
            for (int pixel = 0; pixel < layout.pixels(); pixel++) {
                if (channel + pixel > 0) {
                    out.add(',');
                }
                float value = pixels[pixel * layout.channels() + channel];
                if (Float.isFinite(value)) {
                    out.add(value);
                }
            }
        }
        return out.add('\n').toBytes();
    }
}
