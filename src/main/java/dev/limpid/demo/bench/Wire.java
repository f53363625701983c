package dev.limpid.demo.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * The layouts of the benchmark as someone writes them by hand for one channel: a float32 block, or JSON by a streaming
 * parser. Keeps scratch space; confined to one thread.
 */
final class Wire {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private final boolean json;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream(2048);

    Wire(BenchCase.Format format) {
        this.json = format == BenchCase.Format.JSON;
    }

    /** Reads the samples of a record into {@code into} and gives their number. */
    int read(byte[] value, float[] into) {
        if (json) {
            return readJson(value, into);
        }
        int n = value.length / Float.BYTES;
        ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(into, 0, n);
        return n;
    }

    private static int readJson(byte[] value, float[] into) {
        int n = 0;
        try (JsonParser parser = JSON.createParser(value)) {
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                if (name.equals(BenchSignal.CHANNEL)) {
                    into[n++] = parser.getFloatValue();
                } else if (name.equals("samples")) {
                    for (int depth = 1; depth > 0; ) {
                        token = parser.nextToken();
                        if (token == JsonToken.START_ARRAY) {
                            depth++;
                        } else if (token == JsonToken.END_ARRAY) {
                            depth--;
                        } else {
                            into[n++] = parser.getFloatValue();
                        }
                    }
                } else {
                    parser.skipChildren();
                }
            }
            return n;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes {@code length} values from {@code at} on as one cleaned block. */
    byte[] block(long timestampMs, FloatBuffer values, int at, int length) {
        if (!json) {
            ByteBuffer bytes = ByteBuffer.allocate(length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(0, values, at, length);
            return bytes.array();
        }
        text.reset();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            generator.writeStartObject();
            generator.writeNumberField("ts", timestampMs);
            generator.writeArrayFieldStart("samples");
            for (int i = 0; i < length; i++) {
                generator.writeStartArray();
                generator.writeNumber(values.get(at + i));
                generator.writeEndArray();
            }
            generator.writeEndArray();
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toByteArray();
    }

    /** Writes the score of a window. */
    byte[] score(long startMs, long endMs, float score) {
        if (!json) {
            return ByteBuffer.allocate(2 * Long.BYTES + Float.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(startMs)
                    .putLong(endMs)
                    .putFloat(score)
                    .array();
        }
        text.reset();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            generator.writeStartObject();
            generator.writeNumberField("start", startMs);
            generator.writeNumberField("end", endMs);
            generator.writeNumberField("score", score);
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toByteArray();
    }
}
