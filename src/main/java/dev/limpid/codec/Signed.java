package dev.limpid.codec;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.HexFormat;

/** What signing and verifying have in common. */
final class Signed {
    static final String ALGORITHM = "Ed25519";

    private Signed() {}

    /** {@code content} behind a line that says what it is. */
    static byte[] bytes(String domain, byte[] content) {
        byte[] line = domain.getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[line.length + content.length];
        System.arraycopy(line, 0, all, 0, line.length);
        System.arraycopy(content, 0, all, line.length, content.length);
        return all;
    }

    /** The first 16 hex digits of the SHA-256 of the key's standard encoding. */
    static String keyId(PublicKey key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
