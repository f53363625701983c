package dev.limpid.onnx;

import dev.limpid.model.Denoiser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A model read from a file, checked against itself and its pipeline, rehearsed and warm.
 *
 * @param denoiser ready for use; the caller closes it
 * @param metadata what the file says about itself
 * @param provider where it runs: {@link Provider#CPU} or {@link Provider#CUDA}
 * @param nanosPerWindow measured time per window in a full batch
 */
public record ModelFile(Denoiser denoiser, ModelMetadata metadata, Provider provider, long nanosPerWindow) {
    /**
     * Opens a model in this process, without the trial in a process of its own that {@link Admission} makes.
     *
     * @throws ModelRefused with everything that is wrong with it
     */
    public static ModelFile open(Path file, Provider provider, Expected expected) throws ModelRefused {
        String subject = String.valueOf(file.getFileName());
        try (PrivateCopy copy = PrivateCopy.of(file, subject)) {
            return Candidate.of(copy, subject).fitting(expected).open(provider);
        }
    }

    /**
     * Opens a model for no pipeline in particular.
     *
     * @param maxWindows windows per batch
     * @throws ModelRefused with everything that is wrong with it
     */
    public static ModelFile open(Path file, Provider provider, int maxWindows) throws ModelRefused {
        String subject = String.valueOf(file.getFileName());
        try (PrivateCopy copy = PrivateCopy.of(file, subject)) {
            Candidate candidate = Candidate.of(copy, subject);
            return candidate.fitting(candidate.metadata().expected(maxWindows)).open(provider);
        }
    }

    /**
     * Opens a model from its bytes.
     *
     * @param subject how messages call it until its own name is known
     * @throws ModelRefused with everything that is wrong with it
     */
    public static ModelFile open(byte[] bytes, String subject, Provider provider, Expected expected)
            throws ModelRefused {
        try (PrivateCopy copy = PrivateCopy.of(new ByteArrayInputStream(bytes), subject)) {
            return Candidate.of(copy, subject).fitting(expected).open(provider);
        } catch (IOException e) {
            throw new ModelRefused(AdmissionCheck.FILE, subject, List.of("it cannot be copied: " + e));
        }
    }
}
