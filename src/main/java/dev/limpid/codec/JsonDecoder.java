package dev.limpid.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.limpid.definition.Definition;
import dev.limpid.signal.Block;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON values: an object with its block in its fields, or the block by itself, both as {@link JsonBlocks} says. {@code null},
 * {@code NaN}, {@code "NaN"} and a missing field of a channel are missing values.
 */
final class JsonDecoder implements Decoder {
    static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxNameLength(1_024)
                    .maxNumberLength(1_000)
                    .build())
            .build();
    /** Fields with a meaning that are not channels. */
    private static final int TIMESTAMP = -1;

    private static final int SAMPLES = -2;
    private static final int SERIES = -3;

    private final Map<String, Integer> fields = new HashMap<>();
    private final Definition.Input input;
    private final JsonBlocks blocks;
    private final String timestampName;
    private final boolean timestampRequired;
    private final @Nullable String seriesName;
    private @Nullable String seriesField;

    /** Of the value being decoded. */
    private long timestampMs;

    private boolean timestampSeen;
    private boolean samplesSeen;
    private long channelsSeen;

    /** @param seriesName the field that names the series, if a field does */
    JsonDecoder(Definition.Input input, @Nullable String seriesName, JsonBlocks blocks) {
        this.input = input;
        this.blocks = blocks;
        this.timestampName = input.timestampField().orElse("ts");
        this.timestampRequired = input.timestampField().isPresent() && !timestampName.isEmpty();
        this.seriesName = seriesName;
        if (seriesName != null) {
            fields.put(seriesName, SERIES);
        }
        if (!timestampName.isEmpty()) {
            fields.put(timestampName, TIMESTAMP);
        }
        fields.put(input.samplesField(), SAMPLES);
        for (int channel = 0; channel < blocks.members().size(); channel++) {
            fields.put(blocks.members().get(channel), channel);
        }
    }

    @Override
    public @Nullable String seriesField() {
        return seriesField;
    }

    @Override
    public @Nullable String decode(byte @Nullable [] value, long recordTimestampMs, Block into) {
        seriesField = null;
        into.begin(recordTimestampMs);
        if (value == null || value.length == 0 || value.length > Decoders.MAX_VALUE_BYTES) {
            return Decoders.sizeProblem(value);
        }
        timestampMs = recordTimestampMs;
        timestampSeen = false;
        samplesSeen = false;
        channelsSeen = 0;
        String problem = parse(value, into);
        if (problem == null) {
            problem = Decoders.timestampProblem(timestampMs);
        }
        if (problem == null) {
            into.timestamp(timestampMs);
        } else {
            into.clear();
            seriesField = null;
        }
        return problem;
    }

    private @Nullable String parse(byte[] value, Block into) {
        int from = bomLength(value);
        try (JsonParser parser = FACTORY.createParser(value, from, value.length - from)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return "empty: nothing but white space";
            }
            String problem = first == JsonToken.START_OBJECT ? object(parser, into) : blocks.bare(parser, first, into);
            if (problem != null) {
                return problem;
            }
            if (first != JsonToken.START_OBJECT && timestampRequired) {
                return "shape: field '" + timestampName + "' (the timestamp) is missing";
            }
            return parser.nextToken() == null ? null : "syntax: more text after the value";
        } catch (StreamConstraintsException e) {
            return "size: " + message(e);
        } catch (JsonProcessingException e) {
            return "syntax: " + message(e);
        } catch (IOException e) {
            return "syntax: " + e;
        }
    }

    /** Length of a UTF-8 byte order mark. */
    static int bomLength(byte[] value) {
        return value.length >= 3 && value[0] == (byte) 0xEF && value[1] == (byte) 0xBB && value[2] == (byte) 0xBF
                ? 3
                : 0;
    }

    private static String message(JsonProcessingException e) {
        String text = e.getOriginalMessage();
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end);
        return line.length() <= 160 ? line : line.substring(0, 160) + "…";
    }

    private @Nullable String object(JsonParser parser, Block into) throws IOException {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            Integer field = fields.get(name);
            JsonToken token = parser.nextToken();
            if (field == null) {
                parser.skipChildren();
                continue;
            }
            String problem =
                    switch (field) {
                        case TIMESTAMP -> timestamp(parser, token);
                        case SAMPLES -> samples(parser, token, into);
                        case SERIES -> series(parser, token);
                        default -> channel(parser, into, field);
                    };
            if (problem != null) {
                return problem;
            }
        }
        if (timestampRequired && !timestampSeen) {
            return "shape: field '" + timestampName + "' (the timestamp) is missing";
        }
        return samplesSeen || channelsSeen != 0 ? null : blocks.absent(into, input.samplesField());
    }

    private @Nullable String channel(JsonParser parser, Block into, int channel) throws IOException {
        String name = blocks.members().get(channel);
        if (samplesSeen) {
            return "shape: both '" + input.samplesField() + "' and '" + name + "'";
        }
        if ((channelsSeen >> channel & 1) != 0) {
            return duplicate(name);
        }
        if (channelsSeen == 0) {
            JsonSamples.missing(into);
        }
        channelsSeen |= 1L << channel;
        return blocks.value(parser, into, name, channel);
    }

    private static String duplicate(String name) {
        return "syntax: field '" + name + "' stands twice";
    }

    private @Nullable String timestamp(JsonParser parser, JsonToken token) throws IOException {
        if (timestampSeen) {
            return duplicate(timestampName);
        }
        if (token == JsonToken.VALUE_NULL && !timestampRequired) {
            return null;
        }
        timestampSeen = true;
        Long parsed = token.isNumeric() ? integer(parser, token) : null;
        if (parsed == null) {
            return (token.isNumeric() ? "range" : "type") + ": '" + timestampName + "' is "
                    + Numbers.clip(parser.getText()) + ", wanted milliseconds since the epoch";
        }
        timestampMs = parsed;
        return null;
    }

    private static @Nullable Long integer(JsonParser parser, JsonToken token) throws IOException {
        return token == JsonToken.VALUE_NUMBER_INT && parser.getTextLength() < 19
                ? (Long) parser.getLongValue()
                : Numbers.timestamp(parser.getText());
    }

    private @Nullable String series(JsonParser parser, JsonToken token) throws IOException {
        if (seriesField != null) {
            return duplicate(String.valueOf(seriesName));
        }
        if (token.isStructStart()) {
            return "type: '" + seriesName + "' (the series) is an object or array, wanted text";
        }
        seriesField = token == JsonToken.VALUE_NULL ? null : parser.getText();
        return null;
    }

    private @Nullable String samples(JsonParser parser, JsonToken token, Block into) throws IOException {
        String name = input.samplesField();
        if (samplesSeen) {
            return duplicate(name);
        }
        if (channelsSeen != 0) {
            return "shape: both '" + name + "' and a channel's own field";
        }
        samplesSeen = true;
        return blocks.member(parser, token, into, name);
    }
}
