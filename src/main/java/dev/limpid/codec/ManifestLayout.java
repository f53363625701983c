package dev.limpid.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.limpid.model.Manifest;
import java.util.Optional;

/**
 * The JSON of a {@link Manifest}; docs/formats.md has an example. What is signed is the same JSON without {@code keyId} and
 * {@code signature}, behind a line that says what it is, so that no signature of one kind passes for another.
 */
public final class ManifestLayout {
    private static final int FORMAT = 1;
    private static final String DOMAIN = "limpid manifest\n";

    private ManifestLayout() {}

    /** The value of the record on the models topic. */
    public static byte[] encode(Manifest manifest) {
        ObjectNode object = StrictJson.object()
                .put("format", FORMAT)
                .put("name", manifest.name())
                .put("version", manifest.version())
                .put("sha256", manifest.sha256())
                .put("sizeBytes", manifest.sizeBytes())
                .put("chunks", manifest.chunks())
                .put("chunkBytes", manifest.chunkBytes());
        manifest.reference().ifPresent(uri -> object.put("reference", uri));
        object.put("publishedMs", manifest.publishedMs());
        ObjectNode provenance = object.putObject("provenance");
        manifest.provenance().forEach(provenance::put);
        StrictJson.put(object, manifest.signature());
        return StrictJson.bytes(object);
    }

    /**
     * Reads a record's value.
     *
     * @throws IllegalArgumentException if it is no manifest; the message says what was got and wanted
     */
    public static Manifest decode(byte[] bytes) {
        StrictJson json = StrictJson.read(bytes, "manifest", FORMAT);
        Manifest manifest = new Manifest(
                json.text("name"),
                json.text("version"),
                json.text("sha256"),
                json.number("sizeBytes"),
                json.integer("chunks"),
                json.integer("chunkBytes"),
                json.optionalText("reference"),
                json.number("publishedMs"),
                json.texts("provenance"),
                json.signature());
        json.finish();
        return manifest;
    }

    /** The manifest, signed. */
    public static Manifest sign(Manifest manifest, SigningKey key) {
        return manifest.signed(Optional.of(key.sign(signed(manifest))));
    }

    /** The bytes that are signed. */
    static byte[] signed(Manifest manifest) {
        return Signed.bytes(DOMAIN, encode(manifest.signed(Optional.empty())));
    }
}
