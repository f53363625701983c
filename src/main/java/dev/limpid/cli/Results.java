package dev.limpid.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.PrintWriter;
import java.util.Map;

/** Prints what a command found, as a person or a program reads it. */
final class Results {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Results() {}

    static void print(PrintWriter out, OutputFormat format, Map<String, ?> result) {
        if (format == OutputFormat.JSON) {
            out.println(json(result));
        } else {
            int width = result.keySet().stream().mapToInt(String::length).max().orElse(0);
            result.forEach((name, value) -> {
                if (value != null) {
                    out.println((name + " ".repeat(width)).substring(0, width) + "  " + value);
                }
            });
        }
        out.flush();
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values cannot be written", e);
        }
    }
}
