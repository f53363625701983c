package dev.limpid.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.limpid.model.Vocabulary;
import dev.limpid.model.WindowRange;
import dev.limpid.signal.Floats;
import java.util.List;

/** How {@link ModelMetadata} are written and read: which members may be missing, and what stands in for them. */
final class MetadataJson {
    /** The members that a document may lack. */
    static final String RANGE = "range";

    static final String FRAME = "frame";
    static final String VOCABULARY = "vocabulary";

    private static final JsonMapper JSON = JsonMapper.builder()
            .injectableValues(new InjectableValues.Std()
                    .addValue(RANGE, WindowRange.UNKNOWN)
                    .addValue(FRAME, FrameShape.NONE)
                    .addValue(VOCABULARY, Vocabulary.EMPTY))
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .addModule(new SimpleModule()
                    .addSerializer(Floats.class, new FloatsJson.Writer())
                    .addDeserializer(Floats.class, new FloatsJson.Reader())
                    .addSerializer(Vocabulary.class, new VocabularyJson.Writer())
                    .addDeserializer(Vocabulary.class, new VocabularyJson.Reader()))
            .build();

    private MetadataJson() {}

    static String write(ModelMetadata metadata) {
        try {
            return JSON.writeValueAsString(metadata);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("model metadata cannot be written: " + e.getOriginalMessage(), e);
        }
    }

    /** @throws ModelRefused if it is of a newer format or malformed */
    static ModelMetadata read(String document, String subject) throws ModelRefused {
        try {
            // a tree of a hostile document would take many times its size
            JsonNode format = JSON.readerFor(JsonNode.class).at("/format").readValue(document);
            if (format == null || !format.isInt() || format.asInt() < 1 || format.asInt() > ModelMetadata.FORMAT) {
                throw new ModelRefused(
                        AdmissionCheck.METADATA,
                        subject,
                        List.of("its metadata has format " + Problems.shortened(String.valueOf(format))
                                + ", this Limpid reads 1 to " + ModelMetadata.FORMAT
                                + "; use a newer Limpid or export the model again"));
            }
            return JSON.readValue(document, ModelMetadata.class);
        } catch (JsonProcessingException e) {
            throw new ModelRefused(
                    AdmissionCheck.METADATA,
                    subject,
                    List.of("its metadata cannot be read: " + Problems.shortened(e.getOriginalMessage())));
        }
    }

    /** Equals the range that a document leaves out. */
    static final class NoRange {
        @Override
        public boolean equals(Object other) {
            return other instanceof WindowRange range && !range.known();
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }

    /** Equals the shape that a document leaves out. */
    static final class NoFrame {
        @Override
        public boolean equals(Object other) {
            return FrameShape.NONE.equals(other);
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }

    /** Equals the vocabulary that a document leaves out. */
    static final class NoTokens {
        @Override
        public boolean equals(Object other) {
            return Vocabulary.EMPTY.equals(other);
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }
}
