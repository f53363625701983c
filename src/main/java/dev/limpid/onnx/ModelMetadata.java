package dev.limpid.onnx;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.OptBoolean;
import dev.limpid.model.ChannelSpec;
import dev.limpid.model.ModelId;
import dev.limpid.model.ModelSpec;
import dev.limpid.model.Outputs;
import dev.limpid.model.Vocabulary;
import dev.limpid.model.WindowRange;
import dev.limpid.signal.Floats;
import dev.limpid.signal.Kind;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The JSON document that a Limpid model carries in {@code metadata_props["limpid"]}: everything about the model that its graph
 * does not say. Equal documents have equal bytes: members are written in the order below, maps sorted by key.
 *
 * @param format version of this document, {@link #FORMAT}; a newer one is refused
 * @param name the model's name, as in {@code ecg}
 * @param version the model's version, as in {@code 7}
 * @param kind {@code signal}, {@code frame} or {@code tokens}
 * @param windowLength samples per window and channel
 * @param channels the channels in the order of the tensor's channel axis
 * @param scoreQuantiles see {@link ModelSpec#scoreQuantiles()}
 * @param training where the weights come from
 * @param inputs statistics of the training input, one per channel
 * @param golden windows with the answer that the exporter got; at least one
 * @param metrics figures on held-out data, by name with its unit, as in {@code snrGainDb}
 * @param range see {@link ModelSpec#range()}; a document may lack it
 * @param frame the shape of a frame and how many make a window, of a model of frames; left out of the others
 * @param vocabulary the counts in training of the tokens of a model of tokens, in the order of their ids; left out of the others
 */
public record ModelMetadata(
        int format,
        String name,
        String version,
        String kind,
        int windowLength,
        List<ChannelSpec> channels,
        Floats scoreQuantiles,
        Training training,
        List<InputStatistics> inputs,
        List<GoldenWindow> golden,
        SortedMap<String, Double> metrics,
        @JacksonInject(value = MetadataJson.RANGE, useInput = OptBoolean.TRUE)
                @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = MetadataJson.NoRange.class)
                WindowRange range,
        @JacksonInject(value = MetadataJson.FRAME, useInput = OptBoolean.TRUE)
                @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = MetadataJson.NoFrame.class)
                FrameShape frame,
        @JacksonInject(value = MetadataJson.VOCABULARY, useInput = OptBoolean.TRUE)
                @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = MetadataJson.NoTokens.class)
                Vocabulary vocabulary) {
    /** The version of the document that this code writes, and the newest that it reads. */
    public static final int FORMAT = 1;

    /** The key in {@code metadata_props}. */
    public static final String KEY = "limpid";

    public ModelMetadata {
        channels = List.copyOf(channels);
        inputs = List.copyOf(inputs);
        golden = List.copyOf(golden);
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    }

    /** A model of signals, of no known range. */
    public ModelMetadata(
            int format,
            String name,
            String version,
            String kind,
            int windowLength,
            List<ChannelSpec> channels,
            Floats scoreQuantiles,
            Training training,
            List<InputStatistics> inputs,
            List<GoldenWindow> golden,
            SortedMap<String, Double> metrics) {
        this(
                format,
                name,
                version,
                kind,
                windowLength,
                channels,
                scoreQuantiles,
                training,
                inputs,
                golden,
                metrics,
                WindowRange.UNKNOWN,
                FrameShape.NONE,
                Vocabulary.EMPTY);
    }

    /** The same with another range. */
    public ModelMetadata with(WindowRange other) {
        return new ModelMetadata(
                format,
                name,
                version,
                kind,
                windowLength,
                channels,
                scoreQuantiles,
                training,
                inputs,
                golden,
                metrics,
                other,
                frame,
                vocabulary);
    }

    /** The same as a model of frames. */
    public ModelMetadata with(FrameShape shape) {
        return new ModelMetadata(
                format,
                name,
                version,
                "frame",
                windowLength,
                channels,
                scoreQuantiles,
                training,
                inputs,
                golden,
                metrics,
                range,
                shape,
                Vocabulary.EMPTY);
    }

    /** The same as a model of those tokens. */
    public ModelMetadata with(Vocabulary tokens) {
        return new ModelMetadata(
                format,
                name,
                version,
                "tokens",
                windowLength,
                channels,
                scoreQuantiles,
                training,
                inputs,
                golden,
                metrics,
                range,
                FrameShape.NONE,
                tokens);
    }

    /** What it cleans; only of metadata that do not contradict themselves. */
    public Kind cleans() {
        return switch (kind) {
            case "frame" -> new Kind.Frame(frame.height(), frame.width(), frame.frames());
            case "tokens" -> Kind.TOKENS;
            default -> Kind.SIGNAL;
        };
    }

    /**
     * Where a model's weights come from. With the same data, code, threads and kind of CPU, the seed gives the same weights.
     *
     * @param data SHA-256 in lower-case hex of each training file, by file name
     * @param seed seed of weights, order and corruption
     * @param corruption what was done to clean windows, one phrase each, as in {@code gaussian 0..6 dB}
     * @param epochs passes over the training data
     * @param code version of the trainer
     * @param threads threads of the training engine
     */
    public record Training(
            SortedMap<String, String> data, long seed, List<String> corruption, int epochs, String code, int threads) {
        public Training {
            data = Collections.unmodifiableSortedMap(new TreeMap<>(data));
            corruption = List.copyOf(corruption);
        }
    }

    /** Mean, standard deviation, least and greatest value of one channel of the training input, in its unit. */
    public record InputStatistics(float mean, float standardDeviation, float min, float max) {}

    /**
     * One window and the model's answer to it.
     *
     * @param input {@code [channel][time]}, 0 where missing
     * @param observed {@code [channel][time]}, 1 or 0; empty if everything is observed
     * @param expected {@code clean}, {@code [channel][time]}
     * @param tolerance greatest absolute difference that still passes, in the channels' unit
     */
    public record GoldenWindow(Floats input, Floats observed, Floats expected, float tolerance) {}

    /** The document as text. */
    public String toJson() {
        return MetadataJson.write(this);
    }

    /**
     * Reads a document.
     *
     * @param document the value of {@code metadata_props["limpid"]}
     * @param subject how messages call the model: its file, or name and version
     * @throws ModelRefused if it is of a newer format, is malformed, or contradicts itself
     */
    public static ModelMetadata read(String document, String subject) throws ModelRefused {
        ModelMetadata metadata = MetadataJson.read(document, subject);
        List<String> problems = new MetadataCheck(metadata).problems();
        if (!problems.isEmpty()) {
            throw new ModelRefused(AdmissionCheck.METADATA, metadata.name + ":" + metadata.version, problems);
        }
        return metadata;
    }

    /**
     * What a pipeline would need that has just the channels and the window of this model.
     *
     * @param maxWindows windows per batch
     */
    public Expected expected(int maxWindows) {
        return new Expected(name, channels.size(), windowLength, maxWindows, cleans());
    }

    /**
     * The model as the core knows it.
     *
     * @param sha256 digest of the model file
     * @param observed whether the graph takes {@code observed}
     * @param error whether the graph gives {@code error}
     * @param outputs what else it gives
     */
    public ModelSpec spec(String sha256, boolean observed, boolean error, Outputs outputs) {
        return new ModelSpec(
                new ModelId(name, version, sha256),
                windowLength,
                channels,
                observed,
                error,
                scoreQuantiles,
                range,
                cleans(),
                outputs,
                vocabulary);
    }
}
