package dev.limpid.train.tokens;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * A text file, plain or {@code .gz}, UTF-8.
 *
 * @param name the file's name
 * @param sha256 digest of its bytes, lower-case hex
 */
public record TextLines(String name, String sha256, List<String> lines) {
    public TextLines {
        lines = List.copyOf(lines);
    }

    /**
     * Reads {@code file}.
     *
     * @throws IOException if it cannot be read, or is no UTF-8
     */
    public static TextLines read(Path file) throws IOException {
        MessageDigest digest = digest();
        String name = String.valueOf(file.getFileName());
        List<String> lines = new ArrayList<>();
        // a reader made of a charset takes anything
        try (InputStream raw = new DigestInputStream(Files.newInputStream(file), digest);
                InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader text =
                        new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()))) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                lines.add(line);
            }
            raw.transferTo(OutputStream.nullOutputStream());
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is no UTF-8 text, at line " + (lines.size() + 1) + " or behind it", e);
        }
        return new TextLines(name, HexFormat.of().formatHex(digest.digest()), lines);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
