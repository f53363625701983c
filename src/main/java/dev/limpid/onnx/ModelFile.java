package dev.limpid.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/**
 * A model read from a file, checked against itself and its pipeline, rehearsed and warm.
 *
 * @param denoiser ready for use; the caller closes it
 * @param metadata what the file says about itself
 * @param provider where it runs: {@link Provider#CPU} or {@link Provider#CUDA}
 * @param nanosPerWindow measured time per window in a full batch
 */
public record ModelFile(Denoiser denoiser, ModelMetadata metadata, Provider provider, long nanosPerWindow) {
    private static final long MAX_BYTES = 1L << 30;

    /**
     * Opens a model.
     *
     * @throws ModelRefused with everything that is wrong with it
     */
    public static ModelFile open(Path file, Provider provider, Expected expected) throws ModelRefused {
        String subject = String.valueOf(file.getFileName());
        return open(read(file, subject), subject, provider, metadata -> expected);
    }

    /**
     * Opens a model for no pipeline in particular.
     *
     * @param maxWindows windows per batch
     * @throws ModelRefused with everything that is wrong with it
     */
    public static ModelFile open(Path file, Provider provider, int maxWindows) throws ModelRefused {
        String subject = String.valueOf(file.getFileName());
        return open(
                read(file, subject),
                subject,
                provider,
                metadata ->
                        new Expected(metadata.name(), metadata.channels().size(), metadata.windowLength(), maxWindows));
    }

    /**
     * Opens a model from its bytes.
     *
     * @param subject how messages call it until its own name is known
     * @throws ModelRefused with everything that is wrong with it
     */
    public static ModelFile open(byte[] bytes, String subject, Provider provider, Expected expected)
            throws ModelRefused {
        return open(bytes, subject, provider, metadata -> expected);
    }

    private static ModelFile open(
            byte[] bytes, String subject, Provider provider, Function<ModelMetadata, Expected> expectation)
            throws ModelRefused {
        OrtEnvironment environment = OnnxRuntime.environment();
        Sessions.Opened opened = Sessions.open(environment, bytes, provider, subject);
        OrtSession session = opened.session();
        boolean kept = false;
        try {
            ModelMetadata metadata = metadata(session, subject);
            Expected expected = expectation.apply(metadata);
            Graph graph = new Graph(session);
            String name = metadata.name() + ":" + metadata.version();
            refuse(name, graph.problems(metadata, expected));
            OnnxDenoiser inner = new OnnxDenoiser(
                    environment, session, metadata.spec(sha256(bytes), graph.observed(), graph.error()));
            Rehearsal rehearsal =
                    new Rehearsal(inner, metadata, expected.maxWindows(), opened.provider() == Provider.CPU);
            refuse(name, rehearsal.problems());
            long nanosPerWindow = rehearsal.nanosPerWindow();
            kept = true;
            Denoiser denoiser = opened.provider() == Provider.CPU ? inner : new JoiningDenoiser(inner);
            return new ModelFile(denoiser, metadata, opened.provider(), nanosPerWindow);
        } catch (OrtException | DenoiserException e) {
            throw new ModelRefused(subject, List.of(String.valueOf(e.getMessage())));
        } finally {
            if (!kept) {
                close(session);
            }
        }
    }

    private static byte[] read(Path file, String subject) throws ModelRefused {
        try {
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                throw new ModelRefused(
                        subject, List.of("it has " + size + " bytes, at most " + MAX_BYTES + " are read"));
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new ModelRefused(subject, List.of("there is no file " + file));
        } catch (IOException e) {
            throw new ModelRefused(subject, List.of("it cannot be read: " + e));
        }
    }

    private static ModelMetadata metadata(OrtSession session, String subject) throws OrtException, ModelRefused {
        String document = session.getMetadata().getCustomMetadata().get(ModelMetadata.KEY);
        if (document == null) {
            throw new ModelRefused(
                    subject,
                    List.of("it carries no metadata_props[\"" + ModelMetadata.KEY
                            + "\"]; export it with limpid train"));
        }
        return ModelMetadata.read(document, subject);
    }

    private static void refuse(String name, List<String> problems) throws ModelRefused {
        if (!problems.isEmpty()) {
            throw new ModelRefused(name, problems);
        }
    }

    private static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("a session cannot be closed", e);
        }
    }

    /** SHA-256 in lower-case hex. */
    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
