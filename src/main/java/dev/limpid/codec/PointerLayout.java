package dev.limpid.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.limpid.model.Pointer;
import java.util.Optional;

/** The JSON of a {@link Pointer}; docs/formats.md has an example. Signed like a {@link ManifestLayout manifest}. */
public final class PointerLayout {
    private static final int FORMAT = 1;
    private static final String DOMAIN = "limpid pointer\n";

    private PointerLayout() {}

    /** The value of the record on the models topic. */
    public static byte[] encode(Pointer pointer) {
        ObjectNode object = StrictJson.object().put("format", FORMAT).put("name", pointer.name());
        pointer.inForce().ifPresent(version -> object.put("inForce", version));
        pointer.previous().ifPresent(version -> object.put("previous", version));
        pointer.shadow().ifPresent(version -> object.put("shadow", version));
        object.put("sequence", pointer.sequence()).put("changedMs", pointer.changedMs());
        StrictJson.put(object, pointer.signature());
        return StrictJson.bytes(object);
    }

    /**
     * Reads a record's value.
     *
     * @throws IllegalArgumentException if it is no pointer; the message says what was got and wanted
     */
    public static Pointer decode(byte[] bytes) {
        StrictJson json = StrictJson.read(bytes, "pointer", FORMAT);
        Pointer pointer = new Pointer(
                json.text("name"),
                json.optionalText("inForce"),
                json.optionalText("previous"),
                json.optionalText("shadow"),
                json.number("sequence"),
                json.number("changedMs"),
                json.signature());
        json.finish();
        return pointer;
    }

    /** The pointer, signed. */
    public static Pointer sign(Pointer pointer, SigningKey key) {
        return pointer.signed(Optional.of(key.sign(signed(pointer))));
    }

    /** The bytes that are signed. */
    static byte[] signed(Pointer pointer) {
        return Signed.bytes(DOMAIN, encode(pointer.signed(Optional.empty())));
    }
}
