package dev.limpid.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a model in a process of its own.
 *
 * @param refusedBy the check that it did not pass; null if it passed all
 * @param problems why, empty if it passed
 * @param lasting whether the same model would fare the same again; not so if the host may have been too busy or too full
 */
record Verdict(@Nullable AdmissionCheck refusedBy, List<String> problems, boolean lasting) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    Verdict {
        problems = List.copyOf(problems);
    }

    static Verdict passed() {
        return new Verdict(null, List.of(), true);
    }

    static Verdict refused(AdmissionCheck check, List<String> problems) {
        return new Verdict(check, problems, true);
    }

    /** Refused, perhaps for reasons of the moment. */
    static Verdict refusedNow(String problem) {
        return new Verdict(AdmissionCheck.CHILD, List.of(problem), false);
    }

    /** One line of JSON. */
    String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a verdict cannot be written: " + e.getOriginalMessage(), e);
        }
    }

    /** Empty if the text is no verdict. */
    static Optional<Verdict> read(String text) {
        try {
            return Optional.ofNullable(JSON.readValue(text, Verdict.class));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    void enforce(String subject) throws ModelRefused {
        if (refusedBy != null) {
            throw new ModelRefused(refusedBy, subject, problems, !lasting);
        }
    }
}
