package dev.limpid.codec;

import org.jspecify.annotations.Nullable;

/** Where the tokens stand in a value, which is all there is to a layout without members. Holds the value found last; one per thread. */
interface TokenPlaces {
    /** Finds the tokens of a value; null if that went well, else the reason. */
    @Nullable
    String find(byte[] value);

    int count();

    /** The first byte of a token; {@code to} is the one after its last. */
    int from(int token);

    int to(int token);

    /** The text of a token; empty: it is known to be missing. */
    String text(byte[] value, int token);

    /** A token as it stands in such a value. */
    byte[] written(String text);
}
