package dev.limpid.codec;

import dev.limpid.model.Signature;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * An Ed25519 key pair that signs what is announced. Its file is the PEM of PKCS #8, as {@code openssl genpkey -algorithm ed25519}
 * writes it; the public key is computed from it.
 */
public final class SigningKey {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private final PrivateKey key;
    private final PublicKey publicKey;

    private SigningKey(KeyPair pair) {
        this.key = pair.getPrivate();
        this.publicKey = pair.getPublic();
    }

    /** A new key. */
    public static SigningKey generate() {
        return new SigningKey(pair(new SecureRandom()));
    }

    /**
     * Reads a private key.
     *
     * @throws IllegalArgumentException if the file holds none
     */
    public static SigningKey read(Path file) throws IOException {
        if (Files.size(file) > 10_000) {
            throw new IllegalArgumentException(
                    file + " is no Ed25519 private key: it has " + Files.size(file) + " bytes");
        }
        String text = Files.readString(file);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(file + " is no private key: wanted PEM that begins with " + BEGIN
                    + "; make one with: limpid model keygen");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
            PrivateKey key = KeyFactory.getInstance(Signed.ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            byte[] seed = ((EdECPrivateKey) key)
                    .getBytes()
                    .orElseThrow(() -> new IllegalArgumentException(file + " holds a key without its bytes"));
            return new SigningKey(pair(new Fixed(seed)));
        } catch (GeneralSecurityException | ClassCastException e) {
            throw new IllegalArgumentException(file + " is no Ed25519 private key: " + e.getMessage(), e);
        }
    }

    /** Writes the private key into a new file that only its owner may read. */
    public void write(Path file) throws IOException {
        String text = BEGIN + "\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded()) + "\n" + END + "\n";
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    /** See {@link Signature#keyId()}. */
    public String keyId() {
        return Signed.keyId(publicKey);
    }

    /** The signature of {@code content}. */
    public Signature sign(byte[] content) {
        try {
            java.security.Signature engine = java.security.Signature.getInstance(Signed.ALGORITHM);
            engine.initSign(key);
            engine.update(content);
            return new Signature(keyId(), Base64.getEncoder().encodeToString(engine.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK since 15 has Ed25519", e);
        }
    }

    private static KeyPair pair(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(Signed.ALGORITHM);
            generator.initialize(NamedParameterSpec.ED25519, random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK since 15 has Ed25519", e);
        }
    }

    /** Gives the bytes of a private key, from which the generator computes the public one: the JDK has no other way to it. */
    private static final class Fixed extends SecureRandom {
        @Serial
        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        Fixed(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] into) {
            if (into.length != bytes.length) {
                throw new IllegalStateException("this JDK's Ed25519 draws " + into.length + " bytes, not 32");
            }
            System.arraycopy(bytes, 0, into, 0, bytes.length);
        }
    }
}
