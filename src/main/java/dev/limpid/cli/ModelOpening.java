package dev.limpid.cli;

import dev.limpid.definition.Definition;
import dev.limpid.definition.DefinitionLoader;
import dev.limpid.definition.GeneralModel;
import dev.limpid.kafka.WantedModel;
import dev.limpid.model.ModelSpec;
import dev.limpid.onnx.AdmissionCheck;
import dev.limpid.onnx.ModelFile;
import dev.limpid.onnx.ModelRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens the model of a definition. */
final class ModelOpening {
    private ModelOpening() {}

    /**
     * The model, checked against the definition and warm; the caller closes its denoiser.
     *
     * @param instead the file to take instead of the definition's {@code model.bundled}
     */
    static ModelFile open(Path definitionFile, Definition definition, @Nullable Path instead) throws ModelRefused {
        Path file = instead == null ? DefinitionLoader.modelFile(definitionFile, definition) : instead;
        if (instead == null && GeneralModel.leftOut(definition) && !Files.isRegularFile(file)) {
            throw new ModelRefused(
                    AdmissionCheck.FILE,
                    String.valueOf(file),
                    List.of("there is no such file, and the definition names no model; " + GeneralModel.BUNDLED
                            + " is for 1 channel and window.length " + GeneralModel.LENGTH + ", pipeline '"
                            + definition.pipeline() + "' has "
                            + definition.input().channels().size() + " and "
                            + definition.window().length() + "; set model.bundled, or train one"));
        }
        ModelFile model = ModelFile.open(file, WantedModel.provider(definition), WantedModel.of(definition));
        try {
            refuseUnfit(definition, model.denoiser().spec());
        } catch (ModelRefused e) {
            model.denoiser().close();
            throw e;
        }
        return model;
    }

    /** @throws ModelRefused if the model's vocabulary is none for the definition */
    static void refuseUnfit(Definition definition, ModelSpec model) throws ModelRefused {
        List<String> problems = definition.problems(model.vocabulary());
        if (!problems.isEmpty()) {
            throw new ModelRefused(AdmissionCheck.METADATA, model.id().toString(), problems);
        }
    }
}
