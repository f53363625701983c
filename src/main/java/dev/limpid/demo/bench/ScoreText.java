package dev.limpid.demo.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads the score out of a contender's score record: Limpid's is JSON always, the others' is in the case's format. */
final class ScoreText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final boolean json;

    ScoreText(Job job) {
        this.json = job.mode().limpid() || job.layout().format() == BenchCase.Format.JSON;
    }

    float read(byte[] value) {
        if (!json) {
            return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getFloat(2 * Long.BYTES);
        }
        try {
            return (float) JSON.readTree(value).path("score").asDouble(Double.NaN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
