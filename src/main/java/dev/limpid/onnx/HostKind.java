package dev.limpid.onnx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What of a host decides how a model fares on it: architecture and kind of CPU. */
final class HostKind {
    private static final Path CPU = Path.of("/proc/cpuinfo");

    private HostKind() {}

    /** The same text on hosts of one kind. */
    static String text() {
        String architecture = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        try (var lines = Files.lines(CPU, StandardCharsets.ISO_8859_1)) {
            // the first processor's; they are all of a kind
            List<String> kind = lines.takeWhile(line -> !line.isBlank())
                    .filter(line ->
                            line.startsWith("model name") || line.startsWith("flags") || line.startsWith("Features"))
                    .toList();
            return architecture + "\n" + String.join("\n", kind);
        } catch (IOException e) {
            return architecture;
        }
    }
}
