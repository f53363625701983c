package dev.limpid.definition;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import dev.limpid.signal.Kind;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A definition with all its defaults, as text that {@link DefinitionLoader} reads again, but for secrets, which are masked. */
public final class Effective {
    /** Stands in for a secret. */
    public static final String MASK = "********";

    private static final List<String> SECRETS =
            List.of("password", "passphrase", "secret", "jaas", "credential", "token", "private", "basic.auth");
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .stringQuotingChecker(new Quoting())
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build());

    private Effective() {}

    /** Whether a property of that name holds a secret: a password, key, token or login configuration. */
    public static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("key") || lower.endsWith(".key") || SECRETS.stream().anyMatch(lower::contains);
    }

    /** The properties, sorted, with the secrets masked. */
    public static Map<String, String> masked(Map<String, String> properties) {
        Map<String, String> masked = new TreeMap<>(properties);
        masked.replaceAll((name, value) -> isSecret(name) ? MASK : value);
        return masked;
    }

    /** The definition as YAML. */
    public static String yaml(Definition definition) {
        try {
            return YAML.writeValueAsString(tree(definition));
        } catch (IOException e) {
            throw new UncheckedIOException("a tree of plain values cannot be written", e);
        }
    }

    /** The definition as maps, lists and plain values, in the order of the documentation. */
    public static Map<String, Object> tree(Definition definition) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("pipeline", definition.pipeline());
        root.put("kind", definition.kind().label());
        root.put(
                "input",
                definition.tokens().isPresent() ? TokenKeys.tree(definition.input()) : input(definition.input()));
        Map<String, Object> series = new LinkedHashMap<>();
        series.put(
                "by",
                definition
                        .series()
                        .field()
                        .map(field -> "field " + field)
                        .orElse(Section.lower(definition.series().by())));
        series.put("expire-after", Durations.text(definition.series().expireAfter()));
        root.put("series", series);
        Map<String, Object> window = new LinkedHashMap<>();
        if (definition.kind() instanceof Kind.Frame frame) {
            window.put("frames", frame.frames());
        } else {
            window.put("length", definition.window().length());
            window.put("hop", definition.window().hop());
            window.put("lookahead", definition.window().lookahead());
        }
        root.put("window", window);
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("name", definition.model().name());
        model.put("bundled", definition.model().bundled());
        model.put("provider", Section.lower(definition.model().provider()));
        definition.model().topic().ifPresent(topic -> {
            model.put("topic", topic.topic());
            model.putAll(TakeOverKeys.tree(definition.model().takeOver()));
        });
        root.put("model", model);
        definition.model().topic().ifPresent(topic -> root.put("models", models(topic)));
        root.put("batch", Map.of("max-windows", definition.maxWindows()));
        Map<String, Object> gaps = new LinkedHashMap<>();
        gaps.put("max", Durations.text(definition.gaps().max()));
        gaps.put("idle-flush", Durations.text(definition.gaps().idleFlush()));
        gaps.put(
                "fallback",
                definition
                        .gaps()
                        .fallback()
                        .map(fallback ->
                                FallbackKey.text(fallback, definition.input().sampleRateHz()))
                        .orElse("off"));
        root.put("gaps", gaps);
        root.put("output", output(definition.output()));
        definition.tokens().ifPresent(tokens -> root.put("tokens", TokenKeys.tree(tokens)));
        root.put("alerts", AlertKeys.tree(definition.alerts()));
        if (!definition.train().isEmpty()) {
            root.put("train", maskedTree(definition.train()));
        }
        root.put("kafka", masked(definition.kafka()));
        return root;
    }

    private static Map<String, Object> input(Definition.Input input) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("topic", input.topic());
        map.put("format", Section.lower(input.format()));
        map.put("channels", input.channels());
        input.pixels()
                .ifPresentOrElse(
                        pixels -> map.putAll(FrameKeys.tree(input, pixels)),
                        () -> map.put("sample-rate-hz", input.sampleRateHz()));
        input.timestampField().ifPresent(field -> map.put("timestamp", field.isEmpty() ? "record" : "field " + field));
        map.put("samples-field", input.samplesField());
        if (!input.csvColumns().isEmpty()) {
            map.put("columns", input.csvColumns());
        }
        return map;
    }

    private static Map<String, Object> models(Definition.ModelTopic topic) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("status-topic", topic.status());
        if (!topic.trustedKeys().isEmpty()) {
            map.put("trusted-keys", topic.trustedKeys());
        }
        topic.signingKey().ifPresent(key -> map.put("signing-key", key));
        map.put("start-wait", Durations.text(topic.startWait()));
        if (!topic.references().isEmpty()) {
            map.put("references", topic.references());
        }
        return map;
    }

    private static Map<String, Object> output(Definition.Output output) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("cleaned", output.cleaned());
        map.put("scores", output.scores().orElse("off"));
        map.put("alerts", output.alerts().orElse("off"));
        map.put("dead-letters", output.deadLetters());
        output.embeddings().ifPresent(topic -> map.put("embeddings", topic));
        output.heatMaps().ifPresent(topic -> map.put("heat-maps", topic));
        map.put("granularity", Section.lower(output.granularity()));
        map.put("format", Section.lower(output.format()));
        return map;
    }

    private static Map<String, Object> maskedTree(Map<?, ?> tree) {
        Map<String, Object> masked = new LinkedHashMap<>();
        tree.forEach((key, value) -> {
            String name = String.valueOf(key);
            masked.put(name, isSecret(name) ? MASK : value instanceof Map<?, ?> inner ? maskedTree(inner) : value);
        });
        return masked;
    }

    /** Quotes what would be read back as a number, too: Jackson's own check lets {@code 1e3} pass. */
    private static final class Quoting extends StringQuotingChecker.Default {
        @Serial
        private static final long serialVersionUID = 1L;

        private static final Pattern NUMBER = Pattern.compile(
                "[-+]?[0-9._]+([eE][-+]?[0-9]+)?|[-+]?0[xo].*|[-+]?\\.(inf|nan)", Pattern.CASE_INSENSITIVE);

        @Override
        public boolean needToQuoteValue(String value) {
            return super.needToQuoteValue(value) || NUMBER.matcher(value).matches();
        }
    }
}
