package dev.limpid.codec;

import dev.limpid.signal.Block;
import org.jspecify.annotations.Nullable;

/**
 * Input bytes to samples. Bad data is a value: a decoder never throws. One decoder per thread: it may keep scratch space.
 */
public interface Decoder {
    /**
     * Decodes {@code value} into {@code into}, which it empties first.
     *
     * @param recordTimestampMs the record's own time, used if the value carries none
     * @return null if well-formed, else the reason, starting with its class for the counter: {@code empty: …},
     *     {@code syntax: …}, {@code shape: …} (wrong channel count), {@code type: …}, {@code range: …} (timestamp), {@code size: …}
     */
    @Nullable
    String decode(byte @Nullable [] value, long recordTimestampMs, Block into);

    /** The text of the field that names the series in the value decoded last; null if there is none or it is not configured. */
    @Nullable
    String seriesField();
}
