package dev.limpid.model;

/**
 * Which model: its name, version, and the SHA-256 of its file in lower-case hex.
 *
 * <p>Its text, {@code ecg:7@0123456789ab}, is the value of the {@code limpid-model} header.
 */
public record ModelId(String name, String version, String sha256) {
    @Override
    public String toString() {
        return name + ":" + version + "@" + sha256.substring(0, Math.min(12, sha256.length()));
    }
}
