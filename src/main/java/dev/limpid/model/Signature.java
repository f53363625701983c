package dev.limpid.model;

/**
 * An Ed25519 signature.
 *
 * @param keyId which key made it: the first 16 hex digits of the SHA-256 of the public key
 * @param value the 64 bytes in base 64
 */
public record Signature(String keyId, String value) {
    public Signature {
        TopicKey.require(keyId.length() == 16, "keyId", keyId, "16 hex digits");
        TopicKey.require(!value.isEmpty() && value.length() <= 128, "signature", value, "64 bytes in base 64");
    }
}
