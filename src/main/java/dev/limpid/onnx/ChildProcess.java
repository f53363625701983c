package dev.limpid.onnx;

import ai.onnxruntime.OrtEnvironment;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.slf4j.Logger;

/**
 * Runs {@link AdmissionChild} on a model: the same JVM with a small heap, under the shell's {@code ulimit}, because the heap's
 * bound misses what native code allocates. One at a time in this process. It is gone when {@link #judge} returns, however that
 * ends, and it ends by itself when this process does. Its files lie beside the private copy of the model.
 */
final class ChildProcess {
    private static final Semaphore ONE = new Semaphore(1);

    /** What it inherits; neither options that would load agents into its JVM, nor anybody's passwords. */
    private static final Set<String> ENVIRONMENT = Set.of("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TZ", "TMPDIR");

    private static final String SHELL = "/bin/sh";
    /** No core files; data and CPU time bounded by the kernel; no file of more than 256 MiB. A limit that a system does not know is left out. */
    private static final String LIMITS =
            "ulimit -c 0; ulimit -f 524288 2>/dev/null; ulimit -d %d 2>/dev/null; ulimit -t %d 2>/dev/null; exec \"$@\"";

    private static final String TOO_LARGE =
            "it needs more memory than the process that loads it is given; make the model smaller";
    /** What Java, C++ and ONNX Runtime say when there is none. */
    private static final Pattern OUT_OF_MEMORY = Pattern.compile(
            "insufficient memory for the Java Runtime|OutOfMemoryError|bad_alloc|bad allocation|Failed to allocate memory|more memory than it is given");

    private static final int OUTPUT_BYTES = 64 << 10;
    private static final int KILLED = 128 + 9;
    private static final int OUT_OF_CPU = 128 + 24;
    /** Exit codes of processes that a signal ended. */
    private static final Map<Integer, String> SIGNALS = Map.of(
            128 + 4, "SIGILL", 128 + 6, "SIGABRT", 128 + 7, "SIGBUS", 128 + 8, "SIGFPE", 128 + 11, "SIGSEGV", 128 + 25,
            "SIGXFSZ");

    private final Class<?> main;
    private final AdmissionLimits limits;

    ChildProcess(AdmissionLimits limits) {
        this(AdmissionChild.class, limits);
    }

    /** @param main the class to run, which takes the arguments of {@link AdmissionChild} */
    ChildProcess(Class<?> main, AdmissionLimits limits) {
        this.main = main;
        this.limits = limits;
    }

    /** Has the process load and run the model. */
    Verdict judge(PrivateCopy copy, Expected expected) {
        ONE.acquireUninterruptibly();
        try {
            String word = UUID.randomUUID().toString();
            Path output = copy.folder().resolve("output.txt");
            Process process = start(copy, expected, word, output);
            boolean ended = false;
            try {
                ended = process.waitFor(limits.childTime().toMillis(), TimeUnit.MILLISECONDS);
            } finally {
                end(process);
            }
            return verdict(ended, process.exitValue(), tail(output), word);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Verdict.refusedNow("its trial was interrupted; try again");
        } catch (IOException e) {
            return Verdict.refusedNow("the process for its trial cannot be run: " + e + "; try again");
        } finally {
            ONE.release();
        }
    }

    private Process start(PrivateCopy copy, Expected expected, String word, Path output) throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of(SHELL))) {
            long kibibytes = bytes(copy, expected) >> 10;
            long seconds = limits.childTime().toSeconds() + 1;
            command.addAll(List.of(SHELL, "-c", LIMITS.formatted(kibibytes, seconds), SHELL));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx256m",
                "-Xss1m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=24m",
                "-XX:CompressedClassSpaceSize=32m",
                "-XX:MaxDirectMemorySize=8g",
                "-XX:-UsePerfData",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + copy.folder().resolve("crash.log"),
                "-Djava.io.tmpdir=" + copy.folder(),
                main.getName(),
                word,
                copy.file().toString(),
                copy.sha256(),
                expected.pipeline(),
                Integer.toString(expected.channels()),
                Integer.toString(expected.length()),
                Integer.toString(expected.maxWindows()),
                KindText.of(expected.kind())));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(copy.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(ENVIRONMENT);
        environment.put("CLASSPATH", classPath());
        // ONNX Runtime 1.29 sends usage data unless told not to
        environment.put("ORT_DISABLE_TELEMETRY", "1");
        environment.put("MALLOC_ARENA_MAX", "2");
        return builder.start();
    }

    /** The bound on its data: a model is parsed, copied and packed while it is loaded, and a batch has four buffers and its layers. */
    private long bytes(PrivateCopy copy, Expected expected) {
        long batch = 4L * expected.channels() * expected.length() * Math.max(64, expected.maxWindows());
        return limits.childBytes() + 4 * copy.size() + 64 * batch;
    }

    private static void end(Process process) {
        process.destroyForcibly();
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Verdict verdict(boolean ended, int code, String output, String word) {
        if (!ended || code == OUT_OF_CPU) {
            return Verdict.refusedNow(
                    "it was not loaded and run within " + limits.childTime().toSeconds()
                            + " s in a process of its own; make the model smaller, or try again on an idle host");
        }
        Optional<Verdict> said = output.lines()
                .filter(line -> line.startsWith(AdmissionChild.PREFIX + word + " "))
                .findFirst()
                .flatMap(line -> Verdict.read(line.substring(AdmissionChild.PREFIX.length() + word.length() + 1)));
        if (code == 0 && said.isPresent()) {
            boolean memory = said.get().problems().stream().anyMatch(OUT_OF_MEMORY.asPredicate());
            return memory ? Verdict.refusedNow(TOO_LARGE) : said.get();
        }
        if (code == KILLED) {
            return Verdict.refusedNow("the process that loaded it was killed, as the kernel does when memory runs out;"
                    + " make the model smaller, or give the host more memory");
        }
        if (OUT_OF_MEMORY.matcher(output).find()) {
            return Verdict.refusedNow(TOO_LARGE);
        }
        String how = output.lines()
                .filter(line -> line.startsWith("#  SIG"))
                .findFirst()
                .map(line -> line.substring(3).replaceFirst(" at pc.*", ""))
                .orElse(SIGNALS.getOrDefault(code, "exit code " + code));
        return Verdict.refused(
                AdmissionCheck.CHILD,
                List.of("it crashed the process that loaded it: " + how + "; export it again, with plain operators"));
    }

    private static String tail(Path output) throws IOException {
        try (SeekableByteChannel in = Files.newByteChannel(output)) {
            in.position(Math.max(0, in.size() - OUTPUT_BYTES));
            byte[] bytes = new byte[(int) (in.size() - in.position())];
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining() && in.read(buffer) >= 0) {
                // until it is full
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Only what the child needs of our own class path: it starts faster, and logs nothing. */
    private String classPath() {
        return Stream.of(
                        main,
                        AdmissionChild.class,
                        OrtEnvironment.class,
                        ObjectMapper.class,
                        JsonFactory.class,
                        JsonProperty.class,
                        Logger.class,
                        NullMarked.class)
                .map(ChildProcess::home)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String home(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            return source == null ? "" : Path.of(source.getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the place of " + type + " is no path", e);
        }
    }
}
