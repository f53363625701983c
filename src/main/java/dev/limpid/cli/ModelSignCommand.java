package dev.limpid.cli;

import dev.limpid.codec.SigningKey;
import dev.limpid.codec.TrustedKeys;
import dev.limpid.model.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code limpid model sign}. */
@Command(
        name = "sign",
        description = "Signs a file that is passed on by itself, into FILE.sig, or checks such a signature."
                + " What is announced is signed by publish --key.",
        mixinStandardHelpOptions = true)
final class ModelSignCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file = Path.of("");

    @ArgGroup(multiplicity = "1")
    private Choice choice = new Choice();

    /** To sign, or to check. */
    static final class Choice {
        @Option(names = "--key", paramLabel = "FILE", description = "Private key to sign with.")
        private @Nullable Path key;

        @Option(
                names = "--check",
                paramLabel = "KEY",
                description = "Public key, or its file, to check FILE.sig against.")
        private @Nullable String trusted;
    }

    @Option(names = "--dry-run", description = "Sign and write nothing.")
    private boolean dryRun;

    @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() throws IOException {
        byte[] content = TrustedKeys.signedOfFile(digest());
        Path signatureFile = Path.of(file + ".sig");
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("file", file.toString());
        if (choice.trusted != null) {
            return check(choice.trusted, signatureFile, content, result);
        }
        SigningKey key = SigningKey.read(choice.key == null ? Path.of("") : choice.key);
        Signature signature = key.sign(content);
        if (!dryRun) {
            Files.writeString(signatureFile, signature.keyId() + " " + signature.value() + "\n");
        }
        result.put("signature", signatureFile.toString());
        result.put("keyId", signature.keyId());
        result.put("dryRun", dryRun);
        Results.print(spec.commandLine().getOut(), format, result);
        return 0;
    }

    private int check(String trusted, Path signatureFile, byte[] content, Map<String, Object> result)
            throws IOException {
        List<String> problems = new ArrayList<>();
        TrustedKeys keys = TrustedKeys.of(List.of(trusted), problems);
        String[] words = Files.readString(signatureFile).strip().split(" ", -1);
        if (words.length != 2) {
            problems.add(signatureFile + " is no signature: wanted a key's id and 64 bytes in base 64");
        }
        if (problems.isEmpty()) {
            keys.problem(Optional.of(new Signature(words[0], words[1])), content)
                    .ifPresent(problems::add);
        }
        result.put("good", problems.isEmpty());
        result.put("problems", problems);
        Results.print(spec.commandLine().getOut(), format, result);
        return problems.isEmpty() ? 0 : Limpid.FAILED;
    }

    private String digest() throws IOException {
        MessageDigest digest = TrustedKeys.sha256();
        byte[] buffer = new byte[64 << 10];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
