package dev.limpid.codec;

import dev.limpid.definition.Definition;
import dev.limpid.pipeline.CleanedBlock;

/** The same CSV line with the channels' cells replaced; every other byte of it is kept. */
final class CsvEncoder implements Encoder {
    private final int[] channelColumns;
    private final CsvCells cells = new CsvCells();
    private final Utf8Buffer out = new Utf8Buffer();

    CsvEncoder(Definition.Input input) {
        this.channelColumns = CsvDecoder.channelColumns(input);
    }

    @Override
    public byte[] record(byte[] original, CleanedBlock block) {
        if (Encoders.passesThrough(block)) {
            return original;
        }
        String problem = cells.split(original);
        if (problem != null) {
            throw new IllegalArgumentException("not a value that was decoded: " + problem);
        }
        out.clear();
        int from = 0;
        for (int column = 0; column < cells.count(); column++) {
            int channel = channelOf(column);
            if (channel >= 0) {
                out.add(original, from, cells.start(column)).addAscii(Numbers.text(block.clean(0, channel)));
                from = cells.end(column);
            }
        }
        return out.add(original, from, original.length).toBytes();
    }

    /** {@inheritDoc} One line per sample, the channels only: a definition does not allow it, for no decoder would read it. */
    @Override
    public byte[] hop(CleanedBlock block) {
        throw new UnsupportedOperationException("a CSV value holds one sample: output.format csv has no hop blocks");
    }

    private int channelOf(int column) {
        for (int channel = 0; channel < channelColumns.length; channel++) {
            if (channelColumns[channel] == column) {
                return channel;
            }
        }
        return -1;
    }
}
