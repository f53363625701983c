package dev.limpid.codec;

import dev.limpid.model.Manifest;
import dev.limpid.model.Pointer;
import dev.limpid.model.Signature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The public keys whose signatures count. Without any, nothing is asked for and every signature passes. Immutable.
 *
 * <p>A key is written in one line, {@code ed25519:} and the 32 bytes in base 64, as {@code limpid model keygen} prints it.
 */
public final class TrustedKeys {
    /** No keys: whoever may write to the topic may announce models. */
    public static final TrustedKeys NONE = new TrustedKeys(Map.of());

    private static final String PREFIX = "ed25519:";
    private static final String PEM = "-----BEGIN PUBLIC KEY-----";
    private static final String PEM_END = "-----END PUBLIC KEY-----";
    private static final String FILE_DOMAIN = "limpid file\n";
    /** The standard encoding of an Ed25519 public key (RFC 8410) is this and the 32 bytes. */
    private static final byte[] HEADER = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

    private final Map<String, PublicKey> byId;

    private TrustedKeys(Map<String, PublicKey> byId) {
        this.byId = byId;
    }

    /**
     * Reads keys.
     *
     * @param keys each a key, or the path of a file that holds one (in a line, or as PEM)
     * @param problems where each that cannot be read is added
     */
    public static TrustedKeys of(List<String> keys, List<String> problems) {
        Map<String, PublicKey> byId = new LinkedHashMap<>();
        for (String each : keys) {
            try {
                PublicKey key = parse(each.startsWith(PREFIX) ? each : Files.readString(Path.of(each)));
                byId.put(Signed.keyId(key), key);
            } catch (IOException | IllegalArgumentException e) {
                problems.add("'" + each + "' is neither a key (" + PREFIX + "…) nor the path of one: " + e);
            }
        }
        return new TrustedKeys(byId);
    }

    /** A public key as a line of text. */
    public static String text(PublicKey key) {
        byte[] encoded = key.getEncoded();
        byte[] raw = new byte[encoded.length - HEADER.length];
        System.arraycopy(encoded, HEADER.length, raw, 0, raw.length);
        return PREFIX + Base64.getEncoder().encodeToString(raw);
    }

    private static PublicKey parse(String text) {
        String stripped = text.strip();
        byte[] encoded;
        if (stripped.startsWith(PEM) && stripped.endsWith(PEM_END)) {
            encoded = Base64.getMimeDecoder()
                    .decode(stripped.substring(PEM.length(), stripped.length() - PEM_END.length()));
        } else if (stripped.startsWith(PREFIX)) {
            byte[] raw = Base64.getDecoder().decode(stripped.substring(PREFIX.length()));
            encoded = new byte[HEADER.length + raw.length];
            System.arraycopy(HEADER, 0, encoded, 0, HEADER.length);
            System.arraycopy(raw, 0, encoded, HEADER.length, raw.length);
        } else {
            throw new IllegalArgumentException("it begins neither with " + PREFIX + " nor with " + PEM);
        }
        try {
            return KeyFactory.getInstance(Signed.ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("it is no Ed25519 public key: " + e.getMessage(), e);
        }
    }

    public boolean isEmpty() {
        return byId.isEmpty();
    }

    /** Why a manifest does not count; empty if it does. */
    public Optional<String> problem(Manifest manifest) {
        return isEmpty() ? Optional.empty() : problem(manifest.signature(), ManifestLayout.signed(manifest));
    }

    /** Why a pointer does not count; empty if it does. */
    public Optional<String> problem(Pointer pointer) {
        return isEmpty() ? Optional.empty() : problem(pointer.signature(), PointerLayout.signed(pointer));
    }

    /** What is signed for a file that is passed on by itself: its digest. */
    public static byte[] signedOfFile(String sha256) {
        return Signed.bytes(FILE_DOMAIN, sha256.getBytes(StandardCharsets.US_ASCII));
    }

    /** Why a signature of {@code content} does not count; empty if it does. */
    public Optional<String> problem(Optional<Signature> signature, byte[] content) {
        if (signature.isEmpty()) {
            return Optional.of("it is not signed, wanted a signature by one of the keys " + byId.keySet()
                    + " (models.trusted-keys); publish it with --key");
        }
        String keyId = signature.get().keyId();
        PublicKey key = byId.get(keyId);
        if (key == null) {
            return Optional.of("it is signed by key " + keyId + ", wanted one of " + byId.keySet()
                    + " (models.trusted-keys); publish it with a trusted key, or add that key");
        }
        return verifies(key, signature.get().value(), content)
                ? Optional.empty()
                : Optional.of("its signature by key " + keyId
                        + " does not fit its content: it was altered, or signed for something else; publish it again");
    }

    private static boolean verifies(PublicKey key, String value, byte[] content) {
        try {
            java.security.Signature engine = java.security.Signature.getInstance(Signed.ALGORITHM);
            engine.initVerify(key);
            engine.update(content);
            return engine.verify(Base64.getDecoder().decode(value));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false; // not base 64, or not of 64 bytes
        }
    }

    /** SHA-256, for files read in pieces. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
