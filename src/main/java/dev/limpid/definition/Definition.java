package dev.limpid.definition;

import dev.limpid.model.PromoteWhen;
import dev.limpid.model.TrialSpec;
import dev.limpid.model.Vocabulary;
import dev.limpid.pipeline.Granularity;
import dev.limpid.pipeline.PipelineSpec;
import dev.limpid.score.AlertSpec;
import dev.limpid.signal.BandPass;
import dev.limpid.signal.FrameMedian;
import dev.limpid.signal.Kind;
import dev.limpid.signal.StuckRule;
import dev.limpid.signal.WindowSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A checked pipeline definition: what {@code topology/NAME.yaml} says, with defaults filled in and the environment applied.
 *
 * @param pipeline its name: the {@code application.id} unless {@code kafka} says otherwise
 * @param kind what its series carry
 * @param kafka Kafka properties, passed through
 * @param train the raw {@code train} block, read by the trainer; empty if absent
 * @param tokens how its tokens are treated; empty if it carries none
 */
public record Definition(
        String pipeline,
        Kind kind,
        Input input,
        Series series,
        WindowSpec window,
        Model model,
        int maxWindows,
        Gaps gaps,
        Output output,
        AlertSpec alerts,
        Map<String, Object> train,
        Map<String, String> kafka,
        Optional<Tokens> tokens) {

    /** Of no tokens. */
    public Definition(
            String pipeline,
            Kind kind,
            Input input,
            Series series,
            WindowSpec window,
            Model model,
            int maxWindows,
            Gaps gaps,
            Output output,
            AlertSpec alerts,
            Map<String, Object> train,
            Map<String, String> kafka) {
        this(
                pipeline,
                kind,
                input,
                series,
                window,
                model,
                maxWindows,
                gaps,
                output,
                alerts,
                train,
                kafka,
                Optional.empty());
    }

    /** How an input value is laid out. */
    public enum Format {
        JSON,
        F32,
        CSV,
        /** Frames only: a byte per number. */
        U8,
        /** Frames only: PNG or JPEG. */
        IMAGE,
        /** Tokens only: with white space between them. */
        TEXT,
        /** Tokens only: a line of a log, which is the token of its template. */
        DRAIN
    }

    /** What makes a series. */
    public enum SeriesBy {
        KEY,
        FIELD,
        PARTITION
    }

    /** Where inference runs. */
    public enum Provider {
        CPU,
        CUDA,
        AUTO
    }

    /**
     * What comes in.
     *
     * @param channels names of the channels: JSON fields, CSV columns, or just labels for f32
     * @param sampleRateHz 0 if windows count samples
     * @param timestampField JSON field or CSV column of the time in milliseconds; empty: the record's timestamp (a JSON record's
     *     field {@code ts} is used if there is one and nothing else is said); empty text: always the record's
     * @param samplesField JSON field of a block
     * @param csvColumns CSV only: all columns in order; empty: the channels, in order
     * @param pixels frames only: what they are
     * @param stuck frames only: when a pixel is stuck and therefore masked; empty: none is
     */
    public record Input(
            String topic,
            Format format,
            List<String> channels,
            double sampleRateHz,
            Optional<String> timestampField,
            String samplesField,
            List<String> csvColumns,
            Optional<Pixels> pixels,
            Optional<StuckRule> stuck) {
        /** Of a signal. */
        public Input(
                String topic,
                Format format,
                List<String> channels,
                double sampleRateHz,
                Optional<String> timestampField,
                String samplesField,
                List<String> csvColumns) {
            this(
                    topic,
                    format,
                    channels,
                    sampleRateHz,
                    timestampField,
                    samplesField,
                    csvColumns,
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /**
     * How the pixels of a frame lie, and what their numbers mean.
     *
     * @param height rows of a frame
     * @param width pixels of a row
     * @param low value of 0 in formats of integers
     * @param high value of their greatest number
     * @param missing the number that means that there is none
     */
    public record Pixels(int height, int width, float low, float high, OptionalDouble missing) {}

    /**
     * What a series is.
     *
     * @param field the JSON field or CSV column, if by field
     */
    public record Series(SeriesBy by, Optional<String> field, Duration expireAfter) {}

    /**
     * Which model, and where it runs.
     *
     * @param name the name it is known by
     * @param bundled path of the ONNX file, relative to the definition file's folder's parent or the working directory
     * @param topic where newer ones are announced; empty: the bundled model is the only one
     * @param takeOver how a newer one takes over
     */
    public record Model(
            String name, String bundled, Provider provider, Optional<ModelTopic> topic, TakeOver takeOver) {}

    /**
     * How a newer model takes over.
     *
     * @param rollback when it is taken back
     * @param shadowShare share of the series that a model sees which runs as a shadow
     * @param promoteWhen when a shadow takes over by itself; empty: never
     */
    public record TakeOver(TrialSpec rollback, double shadowShare, Optional<PromoteWhen> promoteWhen) {
        public static final TakeOver DEFAULT = new TakeOver(TrialSpec.DEFAULT, 0.1, Optional.empty());
    }

    /**
     * The topic that announces models.
     *
     * @param status the topic that takes what became of them
     * @param trustedKeys public keys, or paths of files that hold one; empty: no signature is asked for
     * @param signingKey path of the private key that signs a promotion by rule; empty: it is not signed
     * @param startWait how long a start waits for the topic to be read to its end
     * @param references where files are found that are announced by URIs of further schemes: base URLs, by scheme
     */
    public record ModelTopic(
            String topic,
            String status,
            List<String> trustedKeys,
            Optional<String> signingKey,
            Duration startWait,
            Map<String, String> references) {}

    /** See {@link PipelineSpec}. */
    public record Gaps(Duration max, Duration idleFlush, Optional<Fallback> fallback) {
        /** The same without a fallback. */
        public Gaps(Duration max, Duration idleFlush) {
            this(max, idleFlush, Optional.empty());
        }
    }

    /** The filter that stands in for the model. */
    public sealed interface Fallback {
        /** The filter at that rate; 0 if there is none. */
        dev.limpid.signal.Fallback design(double sampleRateHz);
    }

    /**
     * For signals: see {@link BandPass#of}.
     *
     * @param low lower edge in hertz, in cycles per sample without a sample rate; likewise {@code high}
     */
    public record Band(double low, double high, int order) implements Fallback {
        @Override
        public BandPass design(double sampleRateHz) {
            return BandPass.of(low, high, order, sampleRateHz > 0 ? sampleRateHz : 1);
        }
    }

    /**
     * For frames: see {@link FrameMedian}.
     *
     * @param size side of the square of pixels
     */
    public record Median(int height, int width, int size) implements Fallback {
        @Override
        public FrameMedian design(double sampleRateHz) {
            return new FrameMedian(height, width, size);
        }
    }

    /**
     * What goes out.
     *
     * @param scores empty: switched off; likewise the other topics that may be empty
     * @param embeddings of the windows' latent vectors
     * @param heatMaps of frames: how far each pixel is from its reconstruction
     */
    public record Output(
            String cleaned,
            Optional<String> scores,
            Optional<String> alerts,
            String deadLetters,
            Granularity granularity,
            Format format,
            Optional<String> embeddings,
            Optional<String> heatMaps) {
        /** Without latent vectors and heat maps. */
        public Output(
                String cleaned,
                Optional<String> scores,
                Optional<String> alerts,
                String deadLetters,
                Granularity granularity,
                Format format) {
            this(cleaned, scores, alerts, deadLetters, granularity, format, Optional.empty(), Optional.empty());
        }
    }

    /** What is wrong with a model's vocabulary for it; empty if nothing is. */
    public List<String> problems(Vocabulary vocabulary) {
        return tokens.map(each -> each.problems(this, vocabulary)).orElse(List.of());
    }

    /** The definition as the core knows it; of tokens, with no vocabulary in use. */
    public PipelineSpec spec() {
        return spec(Vocabulary.EMPTY);
    }

    /** The definition as the core knows it, with the ids of that vocabulary. */
    public PipelineSpec spec(Vocabulary vocabulary) {
        PipelineSpec plain = plain();
        return tokens.map(each -> each.spec(plain, vocabulary))
                .orElseGet(() -> input.stuck().map(plain::with).orElse(plain));
    }

    private PipelineSpec plain() {
        return new PipelineSpec(
                input.channels(),
                input.sampleRateHz(),
                window,
                gaps.max().toMillis(),
                gaps.idleFlush().toMillis(),
                series.expireAfter().toMillis(),
                output.granularity(),
                maxWindows,
                alerts,
                gaps.fallback().map(fallback -> fallback.design(input.sampleRateHz())));
    }
}
