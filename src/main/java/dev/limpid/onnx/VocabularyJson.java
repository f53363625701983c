package dev.limpid.onnx;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.limpid.model.Vocabulary;
import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;

/** A {@link Vocabulary} as an object of counts by token, in the order of the ids: {@code {"5":4321,"22":1400}}. */
final class VocabularyJson {
    private VocabularyJson() {}

    static final class Writer extends StdSerializer<Vocabulary> {
        @Serial
        private static final long serialVersionUID = 1L;

        Writer() {
            super(Vocabulary.class);
        }

        @Override
        public void serialize(Vocabulary vocabulary, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeStartObject();
            for (Vocabulary.Entry entry : vocabulary.entries()) {
                out.writeNumberField(entry.token(), entry.count());
            }
            out.writeEndObject();
        }
    }

    static final class Reader extends StdDeserializer<Vocabulary> {
        @Serial
        private static final long serialVersionUID = 1L;

        Reader() {
            super(Vocabulary.class);
        }

        @Override
        public Vocabulary deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (in.currentToken() != JsonToken.START_OBJECT) {
                context.reportInputMismatch(this, "the vocabulary is no object of counts by token");
            }
            List<Vocabulary.Entry> entries = new ArrayList<>();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String token = in.currentName();
                if (in.nextToken() != JsonToken.VALUE_NUMBER_INT || in.getLongValue() < 0) {
                    context.reportInputMismatch(this, "the count of a token is no natural number");
                }
                if (token.isEmpty() || token.length() > Vocabulary.MAX_CHARACTERS) {
                    context.reportInputMismatch(
                            this,
                            "a token has %d characters, needs 1 to %d",
                            token.length(),
                            Vocabulary.MAX_CHARACTERS);
                }
                if (entries.size() == Vocabulary.MAX_TOKENS) {
                    context.reportInputMismatch(this, "the vocabulary has more than %d tokens", Vocabulary.MAX_TOKENS);
                }
                entries.add(new Vocabulary.Entry(token, in.getLongValue()));
            }
            try {
                return new Vocabulary(entries);
            } catch (IllegalArgumentException e) {
                return context.reportInputMismatch(this, "%s", e.getMessage());
            }
        }
    }
}
