package dev.limpid.cli;

import dev.limpid.codec.SigningKey;
import dev.limpid.codec.TrustedKeys;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code limpid model keygen}. */
@Command(
        name = "keygen",
        description = "Makes an Ed25519 key pair to sign announcements with.",
        mixinStandardHelpOptions = true)
final class ModelKeygenCommand implements Callable<Integer> {
    private static final String EXISTS = " exists already; a key is never overwritten";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The private key, for its owner only; the public one goes to FILE.pub.")
    private Path out = Path.of("");

    @Option(names = "--dry-run", description = "Say what would be written; make no key.")
    private boolean dryRun;

    @Option(names = "--output", paramLabel = "FORMAT", description = "text or json.")
    private OutputFormat format = OutputFormat.TEXT;

    @Override
    public Integer call() throws IOException {
        Path publicFile = Path.of(out + ".pub");
        Map<String, Object> result = new LinkedHashMap<>();
        if (dryRun) {
            for (Path file : List.of(out, publicFile)) {
                if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw new IllegalArgumentException(file + EXISTS);
                }
            }
            result.put("private", out.toString());
            result.put("public", publicFile.toString());
            result.put("dryRun", true);
            Results.print(spec.commandLine().getOut(), format, result);
            return 0;
        }
        SigningKey key = SigningKey.generate();
        String text = TrustedKeys.text(key.publicKey());
        try {
            key.write(out);
            Files.writeString(publicFile, text + "\n", StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new IllegalArgumentException(e.getFile() + EXISTS, e);
        }
        result.put("keyId", key.keyId());
        result.put("private", out.toString());
        result.put("public", publicFile.toString());
        result.put("trust", text);
        result.put("dryRun", false);
        Results.print(spec.commandLine().getOut(), format, result);
        return 0;
    }
}
