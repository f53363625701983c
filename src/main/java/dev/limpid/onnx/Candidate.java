package dev.limpid.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.limpid.model.Denoiser;
import dev.limpid.model.DenoiserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A model on its way through the checks: its bytes are sound and its metadata read.
 *
 * @param file its bytes, which nobody else changes
 * @param sha256 their digest in lower-case hex
 * @param outline what the bytes hold
 */
record Candidate(Path file, String sha256, ModelOutline outline, ModelMetadata metadata) {
    private static final String NONE = "it carries no metadata_props[\"" + ModelMetadata.KEY
            + "\"]; export it with limpid train, or give it some with limpid model adopt";

    /**
     * Walks through the bytes and reads the metadata.
     *
     * @param subject how messages call the model until its own name is known
     */
    static Candidate of(PrivateCopy copy, String subject) throws ModelRefused {
        return of(copy.file(), copy.sha256(), subject);
    }

    static Candidate of(Path file, String sha256, String subject) throws ModelRefused {
        ModelOutline outline = outline(file, subject);
        return new Candidate(file, sha256, outline, metadata(outline.properties(), subject));
    }

    static ModelOutline outline(Path file, String subject) throws ModelRefused {
        try {
            return ModelWalk.walk(file, subject);
        } catch (IOException e) {
            throw new ModelRefused(AdmissionCheck.FILE, subject, List.of("it cannot be read: " + e));
        }
    }

    static ModelMetadata metadata(Map<String, String> properties, String subject) throws ModelRefused {
        String document = properties.get(ModelMetadata.KEY);
        if (document == null) {
            throw new ModelRefused(AdmissionCheck.METADATA, subject, List.of(NONE));
        }
        return ModelMetadata.read(document, subject);
    }

    /** {@code name:version}. */
    String name() {
        return metadata.name() + ":" + metadata.version();
    }

    /** The same, if it is what the pipeline needs. */
    Fitting fitting(Expected expected) throws ModelRefused {
        Graph graph = new Graph(outline);
        refuse(AdmissionCheck.SHAPE, graph.problems(metadata, expected));
        return new Fitting(this, expected, graph);
    }

    private void refuse(AdmissionCheck check, List<String> problems) throws ModelRefused {
        if (!problems.isEmpty()) {
            throw new ModelRefused(check, name(), problems);
        }
    }

    /** A candidate whose inputs and outputs are what the pipeline needs. */
    record Fitting(Candidate candidate, Expected expected, Graph graph) {
        /** Loads it into this process and rehearses. */
        ModelFile open(Provider provider) throws ModelRefused {
            return open(provider, 0);
        }

        /** @param maxNanosPerWindow how slow it may be; 0: as slow as it likes */
        ModelFile open(Provider provider, long maxNanosPerWindow) throws ModelRefused {
            OrtEnvironment environment = OnnxRuntime.environment();
            Sessions.Opened opened = Sessions.open(environment, candidate.file(), provider, candidate.name());
            OrtSession session = opened.session();
            boolean kept = false;
            try {
                OnnxDenoiser inner = new OnnxDenoiser(
                        environment,
                        session,
                        candidate
                                .metadata()
                                .spec(candidate.sha256(), graph.observed(), graph.error(), graph.outputs()));
                Rehearsal rehearsal = new Rehearsal(
                        inner, candidate.metadata(), expected.maxWindows(), opened.provider() == Provider.CPU);
                List<String> problems = rehearsal.golden();
                if (opened.provider() == Provider.CUDA && CudaLibraries.lackCudnn(problems)) {
                    Sessions.notOnCuda(provider, candidate.name(), problems.get(0));
                    return open(Provider.CPU, maxNanosPerWindow);
                }
                candidate.refuse(AdmissionCheck.GOLDEN, problems);
                candidate.refuse(AdmissionCheck.BATCH, rehearsal.invariance());
                long nanosPerWindow = rehearsal.nanosPerWindow();
                candidate.refuse(AdmissionCheck.LATENCY, tooSlow(nanosPerWindow, maxNanosPerWindow));
                kept = true;
                Denoiser denoiser = opened.provider() == Provider.CPU ? inner : new JoiningDenoiser(inner);
                return new ModelFile(denoiser, candidate.metadata(), opened.provider(), nanosPerWindow);
            } catch (DenoiserException e) {
                throw new ModelRefused(
                        AdmissionCheck.GOLDEN, candidate.name(), List.of(String.valueOf(e.getMessage())));
            } finally {
                if (!kept) {
                    close(session);
                }
            }
        }

        private static List<String> tooSlow(long nanos, long most) {
            return most > 0 && nanos > most
                    ? List.of("it takes " + nanos / 1_000 + " µs per window, wanted at most " + most / 1_000
                            + "; use a smaller model")
                    : List.of();
        }

        private static void close(OrtSession session) {
            try {
                session.close();
            } catch (OrtException e) {
                throw new IllegalStateException("a session cannot be closed", e);
            }
        }
    }
}
