package dev.limpid.onnx;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.limpid.signal.Floats;
import java.io.IOException;
import java.io.Serial;

/** {@link Floats} as a JSON array of numbers, each in the shortest form that reads back as the same float. */
final class FloatsJson {
    private FloatsJson() {}

    /** Floats to JSON. */
    static final class Writer extends StdSerializer<Floats> {
        @Serial
        private static final long serialVersionUID = 1L;

        Writer() {
            super(Floats.class);
        }

        @Override
        public void serialize(Floats floats, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeStartArray();
            for (int i = 0; i < floats.length(); i++) {
                json.writeNumber(floats.at(i));
            }
            json.writeEndArray();
        }
    }

    /** JSON to floats. */
    static final class Reader extends StdDeserializer<Floats> {
        @Serial
        private static final long serialVersionUID = 1L;

        Reader() {
            super(Floats.class);
        }

        @Override
        public Floats deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return Floats.owning(context.readValue(json, float[].class));
        }
    }
}
