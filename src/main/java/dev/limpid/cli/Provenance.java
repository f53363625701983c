package dev.limpid.cli;

import dev.limpid.codec.TrustedKeys;
import dev.limpid.kafka.OffsetRange;
import dev.limpid.onnx.ModelMetadata;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Where figures come from, for a report: names and values. */
final class Provenance {
    private Provenance() {}

    /** The model and its training. */
    static List<List<String>> of(ModelMetadata metadata) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("model", metadata.name() + ":" + metadata.version()));
        rows.add(List.of("window", KindWords.window(metadata.cleans(), metadata.windowLength())));
        ModelMetadata.Training training = metadata.training();
        rows.add(List.of("code", training.code() + ", seed " + training.seed()));
        training.corruption().forEach(phrase -> rows.add(List.of("spoilt by", phrase)));
        for (Map.Entry<String, String> file : training.data().entrySet()) {
            String what = OffsetRange.endOf(file.getValue()) > 0 ? ", " : ", SHA-256 ";
            rows.add(List.of("trained on", file.getKey() + what + file.getValue()));
        }
        metadata.metrics().forEach((name, value) -> rows.add(List.of(name, String.format(Locale.ROOT, "%.4g", value))));
        return rows;
    }

    /** The files that were graded. */
    static List<List<String>> of(List<Path> files) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (Path file : files) {
            rows.add(List.of("graded on", file.getFileName() + ", SHA-256 " + digest(file)));
        }
        return rows;
    }

    /** Which of these files, byte for byte, the model was trained on. */
    static List<String> leaks(ModelMetadata metadata, List<Path> files) throws IOException {
        List<String> leaks = new ArrayList<>();
        for (Path file : files) {
            if (metadata.training().data().containsValue(digest(file))) {
                leaks.add(file.getFileName() + " is among the files that " + metadata.name() + " was trained on");
            }
        }
        return leaks;
    }

    private static String digest(Path file) throws IOException {
        MessageDigest digest = TrustedKeys.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
