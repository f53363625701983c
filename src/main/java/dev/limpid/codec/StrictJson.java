package dev.limpid.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.limpid.model.Signature;
import dev.limpid.signal.Floats;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object of the model topics while it is read: every member is asked for by name, each must be of its type, and a member
 * nobody asked for is an error, as are a member that stands twice and text behind the object. Used once.
 */
final class StrictJson {
    private static final int MAX_BYTES = 64 << 10;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String subject;
    private final ObjectNode object;
    private final TreeSet<String> left = new TreeSet<>();

    private StrictJson(String subject, ObjectNode object) {
        this.subject = subject;
        this.object = object;
        object.fieldNames().forEachRemaining(left::add);
    }

    /**
     * Reads an object and its format version.
     *
     * @param subject how messages call it
     * @param format the newest version of its format that is known
     * @throws IllegalArgumentException if it is no object of a known format
     */
    static StrictJson read(byte[] bytes, String subject, int format) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    subject + " has " + bytes.length + " bytes, wanted at most " + MAX_BYTES);
        }
        JsonNode tree;
        try {
            tree = JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(subject + " is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException(subject + " cannot be read: " + e.getMessage(), e);
        }
        if (!(tree instanceof ObjectNode object)) {
            throw new IllegalArgumentException(subject + " is no JSON object");
        }
        StrictJson json = new StrictJson(subject, object);
        long found = json.number("format");
        if (found < 1 || found > format) {
            throw new IllegalArgumentException(subject + " has format " + found + ", this Limpid reads 1 to " + format
                    + "; use a newer Limpid, or publish with this one");
        }
        return json;
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** Without white space, members in the order in which they were put. */
    static byte[] bytes(ObjectNode object) {
        try {
            return JSON.writeValueAsBytes(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values cannot be written", e);
        }
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> wrong(name, "text"));
    }

    /** Empty if the member is absent; null is an error. */
    Optional<String> optionalText(String name) {
        JsonNode value = take(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw wrong(name, "text");
        }
        return Optional.of(value.textValue());
    }

    long number(String name) {
        JsonNode value = take(name);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(name, "a whole number");
        }
        return value.longValue();
    }

    /** A number that float64 holds; {@code absent} if the member is absent. */
    double decimalOr(String name, double absent) {
        JsonNode value = take(name);
        if (value == null) {
            return absent;
        }
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw wrong(name, "a number");
        }
        return value.doubleValue();
    }

    /** An array of numbers that float32 holds. */
    Floats decimals(String name) {
        JsonNode value = take(name);
        if (value == null || !value.isArray()) {
            throw wrong(name, "an array of numbers");
        }
        float[] decimals = new float[value.size()];
        for (int i = 0; i < decimals.length; i++) {
            decimals[i] = value.get(i).isNumber() ? value.get(i).floatValue() : Float.NaN;
            if (!Float.isFinite(decimals[i])) {
                throw wrong(name, "an array of numbers");
            }
        }
        return Floats.owning(decimals);
    }

    boolean truth(String name) {
        JsonNode value = take(name);
        if (value == null || !value.isBoolean()) {
            throw wrong(name, "true or false");
        }
        return value.booleanValue();
    }

    boolean has(String name) {
        return object.has(name);
    }

    /** An object within, which is to be finished, too. */
    StrictJson inner(String name) {
        JsonNode value = take(name);
        if (!(value instanceof ObjectNode within)) {
            throw wrong(name, "an object");
        }
        return new StrictJson(subject + " " + name, within);
    }

    int integer(String name) {
        long number = number(name);
        if (number != (int) number) {
            throw wrong(name, "a number below 2^31");
        }
        return (int) number;
    }

    /** An object whose members are texts; empty if it is absent. */
    SortedMap<String, String> texts(String name) {
        SortedMap<String, String> texts = new TreeMap<>();
        JsonNode value = take(name);
        if (value == null) {
            return texts;
        }
        if (!value.isObject()) {
            throw wrong(name, "an object of texts");
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            if (!member.getValue().isTextual()) {
                throw wrong(name + "." + member.getKey(), "text");
            }
            texts.put(member.getKey(), member.getValue().textValue());
        }
        return texts;
    }

    /** The members {@code keyId} and {@code signature}: both or none. */
    Optional<Signature> signature() {
        Optional<String> keyId = optionalText("keyId");
        Optional<String> value = optionalText("signature");
        if (keyId.isPresent() != value.isPresent()) {
            throw wrong(keyId.isPresent() ? "signature" : "keyId", "text, beside the other of keyId and signature");
        }
        return keyId.map(id -> new Signature(id, value.orElseThrow()));
    }

    static void put(ObjectNode object, Optional<Signature> signature) {
        signature.ifPresent(each -> object.put("keyId", each.keyId()).put("signature", each.value()));
    }

    /** @throws IllegalArgumentException if there are members that nobody asked for */
    void finish() {
        if (!left.isEmpty()) {
            throw new IllegalArgumentException(subject + " has unknown members " + left);
        }
    }

    private @Nullable JsonNode take(String name) {
        left.remove(name);
        return object.get(name);
    }

    private IllegalArgumentException wrong(String name, String wanted) {
        JsonNode got = object.get(name);
        return new IllegalArgumentException(subject + ": " + name + " is "
                + (got == null ? "missing" : shortened(got.toString())) + ", wanted " + wanted);
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
