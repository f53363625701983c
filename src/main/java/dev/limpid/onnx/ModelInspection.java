package dev.limpid.onnx;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a model file says about itself, read without ONNX Runtime and without running it.
 *
 * @param sha256 of the file, in lower-case hex
 * @param size in bytes
 * @param metadata empty if the file was exported elsewhere and never adopted
 */
public record ModelInspection(String sha256, long size, ModelOutline outline, Optional<ModelMetadata> metadata) {
    /**
     * Reads a file.
     *
     * @throws ModelRefused if its bytes are not sound, or its metadata contradict themselves
     */
    public static ModelInspection of(Path file) throws ModelRefused {
        String subject = String.valueOf(file.getFileName());
        try (PrivateCopy copy = PrivateCopy.of(file, subject)) {
            ModelOutline outline = Candidate.outline(copy.file(), subject);
            Optional<ModelMetadata> metadata = outline.properties().containsKey(ModelMetadata.KEY)
                    ? Optional.of(Candidate.metadata(outline.properties(), subject))
                    : Optional.empty();
            return new ModelInspection(copy.sha256(), copy.size(), outline, metadata);
        }
    }
}
