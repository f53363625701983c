package dev.limpid.onnx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers on this host what became of models in processes of their own. A verdict holds for one model file, one version of
 * ONNX Runtime and of these checks, one kind of CPU and one shape of batch. A file that cannot be read or does not say exactly
 * what it is about is no verdict. The folder must be its owner's alone, else nothing is believed and nothing kept: whoever can
 * write there could let any model in. Safe for several threads and processes.
 */
final class VerdictCache {
    /** To be raised whenever the child checks more than before. */
    private static final int CHECKS = 1;

    private static final long MAX_BYTES = 64 << 10;
    private static final Logger LOG = LoggerFactory.getLogger(VerdictCache.class);
    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path folder;
    private final String host;

    VerdictCache(Path folder, String host) {
        this.folder = folder;
        this.host = host;
    }

    /** What a verdict is about: the first line of its file. */
    static String about(String sha256, Expected expected, String runtime, String host) {
        return "checks " + CHECKS + " model " + sha256 + " runtime " + runtime + " host " + digest(host) + " batch "
                + expected.maxWindows() + "x" + expected.channels() + "x" + expected.length() + " "
                + KindText.of(expected.kind());
    }

    private Path file(String about) {
        return folder.resolve(digest(about) + ".verdict");
    }

    /** The verdict, if there is one to be believed. */
    Optional<Verdict> find(String sha256, Expected expected) {
        String about = about(sha256, expected, OnnxRuntime.version(), host);
        Path file = file(about);
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || !trusted() || Files.size(file) > MAX_BYTES) {
                return Optional.empty();
            }
            String[] lines = Files.readString(file).split("\n", -1);
            return lines.length == 3 && lines[0].equals(about) && lines[2].isEmpty()
                    ? Verdict.read(lines[1])
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Keeps a lasting verdict; that it cannot be kept is no fault of the model. */
    void keep(String sha256, Expected expected, Verdict verdict) {
        String about = about(sha256, expected, OnnxRuntime.version(), host);
        if (!verdict.lasting()) {
            return;
        }
        try {
            create();
            if (!trusted()) {
                LOG.warn("verdicts on models are not kept: {} is not this user's alone", folder);
                return;
            }
            Path part = Files.createTempFile(folder, "new", ".part");
            try {
                Files.writeString(part, about + "\n" + verdict.toJson() + "\n", StandardCharsets.UTF_8);
                Files.move(part, file(about), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            LOG.warn("verdicts on models are not kept: {}", e.toString());
        }
    }

    private void create() throws IOException {
        if (posix()) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    private boolean posix() {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Nobody else may write there, and it is ours: what we create has the same owner. */
    private boolean trusted() throws IOException {
        if (!posix()) {
            return true;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
        return permissions.stream().noneMatch(OTHERS::contains)
                && Files.getOwner(folder).getName().equals(System.getProperty("user.name"));
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
