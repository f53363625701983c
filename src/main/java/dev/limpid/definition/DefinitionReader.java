package dev.limpid.definition;

import dev.limpid.definition.Definition.Gaps;
import dev.limpid.definition.Definition.Input;
import dev.limpid.definition.Definition.Model;
import dev.limpid.definition.Definition.ModelTopic;
import dev.limpid.definition.Definition.Output;
import dev.limpid.definition.Definition.Series;
import dev.limpid.definition.Definition.SeriesBy;
import dev.limpid.pipeline.Granularity;
import dev.limpid.score.AlertSpec;
import dev.limpid.signal.Kind;
import dev.limpid.signal.StuckRule;
import dev.limpid.signal.WindowSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The keys of a definition, their defaults, and what each of them may be. Used once. */
final class DefinitionReader {
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final int MAX_CHANNELS = 64;
    private static final List<Definition.Format> FORMATS =
            List.of(Definition.Format.JSON, Definition.Format.F32, Definition.Format.CSV);

    private final List<String> problems;

    /** @param problems what is found wrong is added to it */
    DefinitionReader(List<String> problems) {
        this.problems = problems;
    }

    /** The definition; to be thrown away if there are problems. */
    Definition read(Map<?, ?> tree) {
        Section root = new Section("", tree, problems);
        String name = root.required("pipeline", "ecg");
        if (!TOPIC.matcher(name).matches()) {
            root.problem("pipeline", "got '" + name + "', wanted letters, digits, '.', '_' and '-'");
        }
        Section incoming = root.section("input");
        Section windows = root.section("window");
        Kind kind = KindKeys.read(root, incoming, windows);
        boolean ids = kind instanceof Kind.Tokens;
        Input input = input(incoming, name, kind);
        Series series = series(root.section("series"), ids ? TokenKeys.EXPIRE_AFTER : Duration.ofDays(7));
        Section naming = root.section("model");
        boolean general = kind instanceof Kind.Signal
                && !naming.has("name")
                && !naming.has("bundled")
                && input.channels().size() == 1;
        WindowSpec window =
                kind instanceof Kind.Frame frame ? FrameKeys.window(windows, frame) : window(windows, general);
        String bundled =
                GeneralModel.fits(input.channels().size(), window.length()) && general ? GeneralModel.BUNDLED : "";
        Model model = model(naming, root.section("models"), name, bundled);
        Section batch = root.section("batch");
        int maxWindows = batch.integer("max-windows", 64, 1, 4096, "windows");
        batch.finish();
        Gaps gaps = gaps(root.section("gaps"), input);
        Output output = output(root.section("output"), name, input);
        AlertSpec alerts = AlertKeys.read(root.section("alerts"), ids ? AlertSpec.Above.ONE : AlertSpec.DEFAULT);
        Optional<Tokens> tokens = TokenKeys.tokens(root, ids);
        Map<String, Object> train = train(root);
        Map<String, String> kafka = kafka(root);
        root.finish();
        Definition definition = new Definition(
                name, kind, input, series, window, model, maxWindows, gaps, output, alerts, train, kafka, tokens);
        new DefinitionRules(definition, problems).check();
        return definition;
    }

    private Input input(Section section, String pipeline, Kind kind) {
        String topic = topic(section, "topic", pipeline + ".raw");
        if (kind instanceof Kind.Tokens) {
            return TokenKeys.input(section, topic, timestamp(section));
        }
        List<Definition.Format> formats = kind instanceof Kind.Frame ? FrameKeys.FORMATS : FORMATS;
        Definition.Format format = section.choice("format", formats.get(0), formats);
        List<String> channels = section.names("channels");
        if (channels.isEmpty() && !section.has("channels")) {
            section.problem("channels", "missing; for example channels: [lead]");
        } else if (channels.isEmpty() || channels.size() > MAX_CHANNELS) {
            section.problem("channels", "got " + channels.size() + ", wanted 1 to " + MAX_CHANNELS);
        }
        Optional<String> timestamp = timestamp(section);
        String samples = section.text("samples-field").orElse("samples");
        if (kind instanceof Kind.Frame frame) {
            Optional<Definition.Pixels> pixels = FrameKeys.pixels(section, frame, format);
            Optional<StuckRule> stuck = FrameKeys.stuck(section, frame);
            section.finish();
            return new Input(topic, format, channels, 0, timestamp, samples, List.of(), pixels, stuck);
        }
        double rate = section.number("sample-rate-hz", 0, 0, 1_000_000);
        List<String> columns = section.names("columns");
        section.finish();
        return new Input(topic, format, channels, rate, timestamp, samples, columns);
    }

    /** Empty: a JSON field {@code ts} if there is one; empty text: always the record's. */
    private static Optional<String> timestamp(Section section) {
        Optional<String> text = section.text("timestamp");
        if (text.isEmpty() || text.get().equals("record")) {
            return text.map(record -> "");
        }
        if (text.get().startsWith("field ")) {
            return Optional.of(text.get().substring(6).strip());
        }
        section.problem("timestamp", "got '" + text.get() + "', wanted record or field NAME");
        return Optional.empty();
    }

    private static Series series(Section section, Duration usual) {
        String by = section.text("by").orElse("key");
        Duration expireAfter = section.duration("expire-after", usual);
        SeriesBy kind = SeriesBy.KEY;
        Optional<String> field = Optional.empty();
        if (by.startsWith("field ") && by.length() > 6) {
            kind = SeriesBy.FIELD;
            field = Optional.of(by.substring(6).strip());
        } else if (by.equals("partition")) {
            kind = SeriesBy.PARTITION;
        } else if (!by.equals("key")) {
            section.problem("by", "got '" + by + "', wanted key, field NAME or partition");
        }
        section.finish();
        return new Series(kind, field, expireAfter);
    }

    /** @param general the model is the general one, if the window says nothing to the contrary */
    private static WindowSpec window(Section section, boolean general) {
        if (!section.has("length") && !general) {
            section.problem("length", "missing; for example length: 256, as the model was trained");
        }
        int length = section.integer("length", general ? GeneralModel.LENGTH : 256, 1, 1 << 20, "samples");
        int usual = general && length == GeneralModel.LENGTH ? GeneralModel.HOP : Math.max(1, length / 4);
        int hop = section.integer("hop", usual, 1, Integer.MAX_VALUE, "samples");
        int lookahead = section.integer("lookahead", length, 0, Integer.MAX_VALUE, "samples");
        section.finish();
        if (hop > length) {
            section.problem("hop", "got " + hop + ", wanted 1 to window.length = " + length);
            hop = length;
        }
        if (lookahead < hop - 1 || lookahead > length) {
            section.problem(
                    "lookahead",
                    "got " + lookahead + ", wanted window.hop - 1 = " + (hop - 1) + " to window.length = " + length);
            lookahead = length;
        }
        return new WindowSpec(length, hop, lookahead);
    }

    /** @param general the file of a definition that names no model; empty: the one of its name */
    private static Model model(Section section, Section models, String pipeline, String general) {
        String name = section.text("name").orElse(pipeline);
        if (!TOPIC.matcher(name).matches()) {
            section.problem("name", "got '" + name + "', wanted letters, digits, '.', '_' and '-'");
        }
        String bundled = section.text("bundled").orElse(general.isEmpty() ? GeneralModel.fileOf(name) : general);
        Definition.Provider provider = section.choice("provider", Definition.Provider.CPU, Definition.Provider.class);
        Optional<String> topic =
                section.value("topic") == null ? Optional.empty() : Optional.of(topic(section, "topic", ""));
        Definition.TakeOver takeOver = TakeOverKeys.read(section, topic.isPresent());
        section.finish();
        boolean ruled = takeOver.promoteWhen().isPresent();
        return new Model(name, bundled, provider, models(models, topic, ruled), takeOver);
    }

    /** @param ruled whether shadows are promoted by rule */
    private static Optional<ModelTopic> models(Section section, Optional<String> topic, boolean ruled) {
        String status = topic(section, "status-topic", "limpid.model-status");
        List<String> trusted = section.names("trusted-keys");
        Optional<String> signing = section.text("signing-key");
        Duration startWait = section.duration("start-wait", Duration.ofSeconds(10));
        Map<String, String> references = ReferenceKeys.read(section.section("references"));
        for (String key : List.of("status-topic", "trusted-keys", "signing-key", "start-wait", "references")) {
            if (topic.isEmpty() && section.has(key)) {
                section.problem(
                        key, "has no meaning without model.topic; remove it, or set model.topic: limpid.models");
            }
        }
        if (topic.isPresent() && signing.isPresent() && !ruled) {
            section.problem("signing-key", "has no meaning without model.promote-when, whose promotions it signs");
        }
        if (section.has("trusted-keys") && trusted.isEmpty()) {
            section.problem("trusted-keys", "got no key; remove it, and no signature is asked for");
        }
        section.finish();
        return topic.map(name -> new ModelTopic(name, status, trusted, signing, startWait, references));
    }

    /** Defaults: ten sample periods, but at least 250 ms; a minute without a rate. Idle after twice that, at least 2 s. */
    private static Gaps gaps(Section section, Input input) {
        long gapMs = input.sampleRateHz() > 0 ? Math.max(250, (long) Math.ceil(10_000 / input.sampleRateHz())) : 60_000;
        Duration max = section.duration("max", Duration.ofMillis(gapMs));
        Duration idle = section.duration("idle-flush", Duration.ofMillis(Math.max(2_000, 2 * max.toMillis())));
        Optional<Definition.Fallback> fallback = FallbackKey.read(section, input.sampleRateHz(), input.pixels());
        section.finish();
        return new Gaps(max, idle, fallback);
    }

    private Output output(Section section, String pipeline, Input input) {
        String cleaned = topic(section, "cleaned", pipeline + ".cleaned");
        Optional<String> scores = optionalTopic(section, "scores", pipeline + ".scores");
        Optional<String> alerts = optionalTopic(section, "alerts", pipeline + ".alerts");
        String deadLetters = topic(section, "dead-letters", pipeline + ".dead-letters");
        Granularity granularity = section.choice("granularity", Granularity.RECORD, Granularity.class);
        Definition.Format otherwise = granularity == Granularity.HOP && input.format() == Definition.Format.CSV
                ? Definition.Format.JSON
                : input.format();
        Definition.Format format = section.choice("format", otherwise, List.of(Definition.Format.values()));
        Optional<String> embeddings = givenTopic(section, "embeddings");
        Optional<String> heatMaps = input.pixels().isPresent() ? givenTopic(section, "heat-maps") : Optional.empty();
        section.finish();
        return new Output(cleaned, scores, alerts, deadLetters, granularity, format, embeddings, heatMaps);
    }

    private static String topic(Section section, String key, String otherwise) {
        String topic = section.text(key).orElse(otherwise);
        if (!TOPIC.matcher(topic).matches() || topic.equals(".") || topic.equals("..")) {
            section.problem(key, "got '" + topic + "', wanted a topic name: letters, digits, '.', '_' and '-'");
        }
        return topic;
    }

    private static Optional<String> optionalTopic(Section section, String key, String otherwise) {
        Object value = section.value(key);
        if (Boolean.FALSE.equals(value) || "off".equals(value)) {
            return Optional.empty();
        }
        return Optional.of(topic(section, key, otherwise));
    }

    /** A topic that is off unless given. */
    private static Optional<String> givenTopic(Section section, String key) {
        return section.value(key) == null ? Optional.empty() : optionalTopic(section, key, "");
    }

    private Map<String, Object> train(Section root) {
        Map<String, Object> train = new LinkedHashMap<>();
        Object value = root.value("train");
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> {
                if (inner != null) {
                    train.put(String.valueOf(key), inner);
                }
            });
        } else if (value != null) {
            root.problem("train", "got " + Section.shown(value) + ", wanted a block of keys");
        }
        return train;
    }

    private Map<String, String> kafka(Section root) {
        Map<String, String> properties = new TreeMap<>();
        Object value = root.value("kafka");
        if (value instanceof Map<?, ?> map) {
            flatten("", map, properties);
        } else if (value != null) {
            root.problem("kafka", "got " + Section.shown(value) + ", wanted a block of Kafka properties");
        }
        return properties;
    }

    /** Inner blocks become dots, lists commas. */
    private void flatten(String prefix, Map<?, ?> map, Map<String, String> into) {
        map.forEach((key, value) -> {
            String name = prefix + key;
            if (value instanceof Map<?, ?> inner) {
                flatten(name + ".", inner, into);
            } else if (value == null) {
                problems.add("kafka." + name + ": has no value");
            } else if (value instanceof List<?> list) {
                into.put(
                        name,
                        String.join(",", list.stream().map(String::valueOf).toList()));
            } else {
                into.put(name, String.valueOf(value));
            }
        });
    }
}
